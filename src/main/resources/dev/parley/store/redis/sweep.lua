-- House-keeping of a partition, a bounded part of it: records whose time is over, events of rooms
-- older than ARGV[3] ms and notifications older than ARGV[4] ms, and what trimmed events take. Answers 1 if there may be more to do.
local RECORDS, STREAMS, SEGMENTS = 200, 16, 16
local at = now()
local due = redis.call('ZRANGEBYSCORE', tag .. 'd', '-inf', int(at), 'LIMIT', 0, RECORDS)
for i = 1, #due do
  local length, rest = due[i]:match('^(%d+):(.*)$')
  removeRecord(rest:sub(1, length), rest:sub(length + 1))
end

-- Streams by the age of their oldest event. Answers how many were looked at.
local function trimOld(ages, kept)
  local bound = math.floor((at - kept) / 1000)
  local old = redis.call('ZRANGEBYSCORE', ages, '-inf', int(bound), 'LIMIT', 0, STREAMS)
  for i = 1, #old do
    local s = state(old[i])
    local function writtenAt(seq)
      local _, _, _, written = struct.unpack(EVENT, event(old[i], seq))
      return written
    end
    local low, high = s.trimmed, s.seq
    while low < high do
      local middle = math.ceil((low + high) / 2)
      if writtenAt(middle) <= bound then
        low = middle
      else
        high = middle - 1
      end
    end
    if low > s.trimmed then
      trimTo(old[i], s, low)
    end
    if low == s.seq then
      redis.call('ZREM', ages, old[i])
    else
      redis.call('ZADD', ages, int(writtenAt(low + 1)), old[i])
    end
  end
  return #old
end

local rooms = trimOld(tag .. 'y', ARGV[3])
local notices = trimOld(tag .. 'x', ARGV[4])

local more = #due == RECORDS or rooms == STREAMS or notices == STREAMS
local stream = redis.call('SRANDMEMBER', tag .. 'w')
if stream then
  local s = state(stream)
  local stateKey = tag .. 's:' .. stream
  local reaped = tonumber(redis.call('HGET', stateKey, 'r') or 0)
  for _ = 1, SEGMENTS do
    local last = (segment(reaped + 1) + 1) * SEGMENT
    if reaped < s.trimmed and last <= s.trimmed then
      redis.call('UNLINK', eventKey(stream, last))
      reaped = last
    elseif reaped < s.trimmed then
      local fields = {}
      for seq = reaped + 1, s.trimmed do
        fields[#fields + 1] = int(seq)
      end
      redis.call('HDEL', eventKey(stream, s.trimmed), unpack(fields))
      reaped = s.trimmed
    end
  end
  redis.call('HSET', stateKey, 'r', int(reaped))
  if reaped >= s.trimmed then
    redis.call('SREM', tag .. 'w', stream)
  end
  more = more or redis.call('SCARD', tag .. 'w') > 0
end
return more and 1 or 0
