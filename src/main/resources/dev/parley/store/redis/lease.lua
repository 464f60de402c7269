-- A share of the rate ARGV[3], whose window is ARGV[4] milliseconds long and has ARGV[5] places:
-- ARGV[6] asks about its own window ARGV[7], by the operation ARGV[8]. That window is ARGV[9]
-- milliseconds old, ARGV[10] were taken in it without a share, ARGV[11] more are wanted. Answers
-- how many it gets, how long the window lasts, and whether the window is its own.
--   o, w  who began the window, and which of theirs it was     e  its end     u  places taken
--   a…    the last operation of each asker, and what it got
local key = tag .. 'q:' .. ARGV[3]
local length, limit = tonumber(ARGV[4]), tonumber(ARGV[5])
local asker, number, operation = ARGV[6], ARGV[7], ARGV[8]
local age, spent, wanted = tonumber(ARGV[9]), tonumber(ARGV[10]), tonumber(ARGV[11])
-- A window that begins as another ends is a new one, whatever the answers took on their way.
local SLACK = math.min(200, length / 10)

local at = now()
local opened = at - age
local last = 'a' .. asker
local found = redis.call('HMGET', key, 'o', 'w', 'e', 'u', last)
local ends, used, answer = tonumber(found[3] or 0), tonumber(found[4] or 0), found[5] or ''
local own = found[1] == asker and found[2] == number
local over = ends <= at or (not own and (found[1] == asker or ends <= opened + SLACK))
if over then
  ends, used, own, answer = opened + length, 0, true, ''
  if ends <= at then
    return {wanted, 0, 1}
  end
  redis.call('UNLINK', key)
  redis.call('HSET', key, 'o', asker, 'w', number, 'e', int(ends))
  redis.call('PEXPIRE', key, int(ends - at))
end
local before, got = answer:match('^(%S+) (%d+)$')
local granted = tonumber(got or 0)
if before ~= operation then
  used = used + spent
  granted = math.max(0, math.min(wanted, limit - used))
  redis.call('HSET', key, 'u', int(used + granted), last, operation .. ' ' .. int(granted))
end
return {granted, math.ceil(ends - at), own and 1 or 0}
