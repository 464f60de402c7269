-- Forgets events up to ARGV[4] at once; what they take is given back by sweeps.
local stream = ARGV[3]
local s = state(stream)
local upTo = math.min(tonumber(ARGV[4]), s.seq)
if upTo <= s.trimmed then
  return 0
end
trimTo(stream, s, upTo)
return 1
