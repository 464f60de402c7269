-- Forgets events up to ARGV[4] at once; what they take is given back by sweeps.
local stream = ARGV[3]
local s = state(stream)
local upTo = math.min(tonumber(ARGV[4]), s.seq)
if upTo <= s.trimmed then
  return 0
end
local number = numberAt(stream, s, upTo)
if number > s.base then
  redis.call('LTRIM', tag .. 'c:' .. stream, int(number - s.base), -1)
end
redis.call('HSET', tag .. 's:' .. stream, 't', int(upTo), 'b', int(number))
redis.call('SADD', tag .. 'w', stream)
return 1
