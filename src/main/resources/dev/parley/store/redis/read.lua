-- Events after ARGV[4], at most ARGV[5] and about ARGV[6] bytes.
local s = state(ARGV[3])
return {
  history(s),
  page(ARGV[3], s, tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]))
}
