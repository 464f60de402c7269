-- How many bytes the payloads of the next ARGV[5] events after ARGV[4] have, and where the next
-- look begins; 0: the end was reached.
local stream = ARGV[3]
local s = state(stream)
local seq = math.max(tonumber(ARGV[4]), s.trimmed) + 1
local last = math.min(s.seq, seq + ARGV[5] - 1)
local bytes = 0
for i = seq, last do
  bytes = bytes + redis.call('HSTRLEN', eventKey(stream, i), int(i)) - EVENT_BYTES
end
return {bytes, last < s.seq and last or 0}
