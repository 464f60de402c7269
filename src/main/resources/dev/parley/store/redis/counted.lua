-- Messages next to a seq: ARGV[4] '<' before ARGV[5], newest first, or '>' after it, ascending; at
-- most ARGV[6] and about ARGV[7] bytes. The list of their seqs begins with the first one that is
-- not trimmed.
local stream, backwards = ARGV[3], ARGV[4] == '<'
local bound, limit, maxBytes = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local s = state(stream)
local list = tag .. 'c:' .. stream
local seqs
if backwards then
  local upTo = numberAt(stream, s, bound - 1) - s.base
  seqs = upTo > 0 and redis.call('LRANGE', list, math.max(0, upTo - limit), upTo - 1) or {}
else
  local from = numberAt(stream, s, bound) - s.base
  seqs = redis.call('LRANGE', list, from, from + limit - 1)
end

local found, bytes, i = {}, 0, 0
while i < #seqs and bytes < maxBytes do
  local seq = seqs[backwards and #seqs - i or i + 1]
  local value = event(stream, tonumber(seq))
  found[#found + 1] = tonumber(seq)
  found[#found + 1] = value
  bytes = bytes + #value
  i = i + 1
end
return {history(s), i < #seqs and 1 or 0, found}
