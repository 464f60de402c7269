-- Adds events to a stream with all that comes along, or nothing at all.
-- ARGV[16…]: a payload for each event; seq, revision, payload for each revision;
--            key, expected version, value for each record.
-- Answers: S stored, R repeated, B behind, X stale.
local stream, life, fresh = ARGV[3], ARGV[4], ARGV[5]
local operation, key, expected = ARGV[6], ARGV[7], ARGV[8]
local mask = ARGV[9] -- for each event 1 if it counts, else 0
local keysKept, changesKept = tonumber(ARGV[10]), tonumber(ARGV[11])
local ages = ARGV[12] -- the table of those whose events are kept for a time only, or nothing
local revisions, puts = tonumber(ARGV[13]), tonumber(ARGV[14])
local plain = ARGV[15] -- 1 if who follows the feed need not read it
local MAX_KEYS = 100000
local PAGE_EVENTS, PAGE_BYTES = 1000, 1048576

local at = now()
local s = state(stream)
local currentKeys, olderKeys = tag .. 'k:' .. stream, tag .. 'o:' .. stream

local answer
if key == '' then
  answer = answerOf(operation, at)
else
  answer = redis.call('HGET', currentKeys, key) or redis.call('HGET', olderKeys, key)
end
if answer then
  return {'R', history(s), answer}
end

if expected ~= '' and tonumber(expected) ~= s.seq then
  return {'B', history(s), page(stream, s, tonumber(expected), PAGE_EVENTS, PAGE_BYTES)}
end

local argument = 16 + #mask
local revised = {}
for i = 1, revisions do
  local seq, revision = tonumber(ARGV[argument]), tonumber(ARGV[argument + 1])
  if seq <= s.trimmed or seq > s.seq then
    return {'X'}
  end
  local counted, current, number, written = struct.unpack(EVENT, event(stream, seq))
  if current ~= revision then
    return {'X'}
  end
  revised[i] = {seq, struct.pack(EVENT, counted, revision + 1, number, written) .. ARGV[argument + 2]}
  argument = argument + 3
end

local written = {}
for i = 1, puts do
  local version = versionOf(record(stream, ARGV[argument], at))
  if ARGV[argument + 1] ~= '' and tonumber(ARGV[argument + 1]) ~= version then
    return {'X'}
  end
  written[i] = {ARGV[argument], version + 1, ARGV[argument + 2]}
  argument = argument + 3
end

-- From here on everything is written.
local previous = newestEpoch(s.stretches)
local stateKey = tag .. 's:' .. stream
local epoch = previous
if s.life ~= life then
  epoch = fresh
  s.stretches = opened(s.stretches, s.seq + 1, epoch)
  redis.call('HSET', stateKey, 'h', s.stretches, 'l', life)
end

local seconds = math.floor(at / 1000)
if ages ~= '' and s.seq == s.trimmed then
  redis.call('ZADD', tag .. ages, int(seconds), stream)
end
for i = 1, #mask do
  local counted = mask:byte(i) - 48
  s.seq = s.seq + 1
  s.number = s.number + counted
  redis.call('HSET', eventKey(stream, s.seq), int(s.seq),
    struct.pack(EVENT, counted, 0, s.number, seconds) .. ARGV[15 + i])
  if counted == 1 then
    redis.call('RPUSH', tag .. 'c:' .. stream, int(s.seq))
  end
end
redis.call('HSET', stateKey, 'q', int(s.seq), 'n', int(s.number))

for i = 1, revisions do
  redis.call('HSET', eventKey(stream, revised[i][1]), int(revised[i][1]), revised[i][2])
end
for i = 1, puts do
  putRecord(stream, written[i][1], written[i][2], s.seq, 0, written[i][3])
end

answer = int(s.seq) .. ' ' .. int(s.number) .. ' ' .. mask .. ' ' .. operation
if key == '' then
  keepAnswer(operation, answer, at)
else
  -- Two tables take turns, so a key is kept for one period to two.
  local length = redis.call('HLEN', currentKeys)
  if length == 0 or length >= MAX_KEYS or at - s.keysSince >= keysKept then
    if length > 0 then
      redis.call('UNLINK', olderKeys)
      redis.call('RENAME', currentKeys, olderKeys)
      redis.call('PEXPIRE', olderKeys, int(keysKept))
    end
    redis.call('HSET', stateKey, 'k', int(at))
    redis.call('HSET', currentKeys, key, answer)
    redis.call('PEXPIRE', currentKeys, int(2 * keysKept))
  else
    redis.call('HSET', currentKeys, key, answer)
  end
end

-- The partition's change feed. i: newest, t: trimmed up to, h: stretches, l: life as with streams;
-- m: newest at w, which is when it was trimmed last.
local feedKey = tag .. 'g'
local feed = redis.call('HMGET', feedKey, 'i', 'h', 'l', 'm', 'w')
local index = tonumber(feed[1] or 0) + 1
redis.call('XADD', tag .. 'f', int(index) .. '-0', 's', stream, 'q', int(s.seq), 'p', plain)
redis.call('HSET', feedKey, 'i', int(index))
if feed[3] ~= life then
  redis.call('HSET', feedKey, 'h', opened(feed[2] or '', index, fresh), 'l', life)
end
if not feed[5] then
  redis.call('HSET', feedKey, 'm', int(index), 'w', int(at))
elseif at - feed[5] >= changesKept then
  redis.call('XTRIM', tag .. 'f', 'MINID', '~', int(feed[4] + 1) .. '-0', 'LIMIT', '0')
  redis.call('HSET', feedKey, 't', feed[4], 'm', int(index), 'w', int(at))
end

return {'S', s.seq, s.number, epoch, previous}
