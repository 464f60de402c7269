-- Stands before every script. All keys of a script share one hash tag:
--   KEYS[1]  any of them, so that whoever routes by key knows where to go
--   ARGV[1]  the tag, braces included; every other key is made of it
--   ARGV[2]  by how many milliseconds the store's time runs ahead of Redis's
-- Nothing is written before everything that may refuse was looked at: Redis does not undo.
local tag = ARGV[1]

-- Events lie in hashes of 1,024, so that forgetting old ones is dropping whole keys.
local SEGMENT = 1024
-- Whether it counts, its revision, messages up to it, when it was written in seconds; its payload.
local EVENT = '>BI4I8I4'
local EVENT_BYTES = 17
-- Its version, the seq it was written with, when it expires in milliseconds; its value.
local RECORD = '>I8I8I8'

local function int(n)
  return string.format('%.0f', n)
end

local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[2]
end

local function segment(seq)
  return math.floor((seq - 1) / SEGMENT)
end

local function eventKey(stream, seq)
  return tag .. 'e:' .. int(segment(seq)) .. ':' .. stream
end

-- Where a stream stands. q: newest seq, n: messages up to it, t: trimmed up to, h: its stretches as
-- "first epoch first epoch …", l: the life it was last written under, b: messages trimmed,
-- k: since when keys enter the current table.
local function state(stream)
  local found = redis.call('HMGET', tag .. 's:' .. stream, 'q', 'n', 't', 'h', 'l', 'b', 'k')
  return {
    seq = tonumber(found[1] or 0),
    number = tonumber(found[2] or 0),
    trimmed = tonumber(found[3] or 0),
    stretches = found[4] or '',
    life = found[5] or '',
    base = tonumber(found[6] or 0),
    keysSince = tonumber(found[7] or 0)
  }
end

local function history(s)
  return {s.seq, s.number, s.trimmed, s.stretches}
end

-- Adds a stretch; the newest 64 are kept.
local function opened(stretches, first, epoch)
  local entry = int(first) .. ' ' .. epoch
  if stretches == '' then
    return entry
  end
  local _, spaces = stretches:gsub(' ', ' ')
  if (spaces + 1) / 2 >= 64 then
    stretches = stretches:match('^%S+ %S+ (.*)$')
  end
  return stretches .. ' ' .. entry
end

local function newestEpoch(stretches)
  return stretches:match('(%S+)$') or ''
end

local function event(stream, seq)
  return redis.call('HGET', eventKey(stream, seq), int(seq))
end

-- How many messages there are up to an event that is kept, or was trimmed.
local function numberAt(stream, s, seq)
  if seq <= s.trimmed then
    return s.base
  elseif seq >= s.seq then
    return s.number
  end
  local _, _, number = struct.unpack(EVENT, event(stream, seq))
  return number
end

-- Forgets events at once; what they take is given back by sweeps.
local function trimTo(stream, s, upTo)
  local number = numberAt(stream, s, upTo)
  if number > s.base then
    redis.call('LTRIM', tag .. 'c:' .. stream, int(number - s.base), -1)
  end
  redis.call('HSET', tag .. 's:' .. stream, 't', int(upTo), 'b', int(number))
  redis.call('SADD', tag .. 'w', stream)
end

-- Events after `after`: no more than `limit`, and none once there are `maxBytes`. The first is
-- the seq of the first.
local function page(stream, s, after, limit, maxBytes)
  local seq = math.max(after, s.trimmed) + 1
  local last = math.min(s.seq, seq + limit - 1)
  local events = {seq}
  local bytes = 0
  while seq <= last and bytes < maxBytes do
    local fields = {}
    local upTo = math.min(last, seq + 7, (segment(seq) + 1) * SEGMENT)
    for i = seq, upTo do
      fields[#fields + 1] = int(i)
    end
    local found = redis.call('HMGET', eventKey(stream, seq), unpack(fields))
    for i = 1, #fields do
      events[#events + 1] = found[i]
      bytes = bytes + #found[i]
    end
    seq = upTo + 1
  end
  return events
end

-- A record, or false if there is none or its time is over.
local function record(scope, key, at)
  local found = redis.call('HGET', tag .. 'r:' .. scope, key)
  if found then
    local _, _, expires = struct.unpack(RECORD, found)
    if expires > 0 and expires <= at then
      return false
    end
  end
  return found
end

local function versionOf(found)
  return found and struct.unpack(RECORD, found) or 0
end

-- The length before the scope tells where the key begins.
local function dueMember(scope, key)
  return #scope .. ':' .. scope .. key
end

local function putRecord(scope, key, version, seq, expires, value)
  redis.call('HSET', tag .. 'r:' .. scope, key,
    struct.pack(RECORD, version, seq, expires) .. value)
  redis.call('ZADD', tag .. 'n:' .. scope, 0, key)
  if expires > 0 then
    redis.call('ZADD', tag .. 'd', int(expires), dueMember(scope, key))
  else
    redis.call('ZREM', tag .. 'd', dueMember(scope, key))
  end
end

local function removeRecord(scope, key)
  redis.call('HDEL', tag .. 'r:' .. scope, key)
  redis.call('ZREM', tag .. 'n:' .. scope, key)
  redis.call('ZREM', tag .. 'd', dueMember(scope, key))
end

-- What was answered to writes that have no idempotency key of their own, for as long as they may
-- be sent again: in a table for each two minutes, looked at for two to four.
local OPERATIONS = 120000

local function operationKey(at, back)
  return tag .. 'p:' .. int(math.floor(at / OPERATIONS) - back)
end

local function answerOf(operation, at)
  return redis.call('HGET', operationKey(at, 0), operation)
    or redis.call('HGET', operationKey(at, 1), operation)
end

local function keepAnswer(operation, answer, at)
  local key = operationKey(at, 0)
  redis.call('HSET', key, operation, answer)
  if redis.call('HLEN', key) == 1 then
    redis.call('PEXPIRE', key, 3 * OPERATIONS)
  end
end
