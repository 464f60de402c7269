-- Records of scope ARGV[3] whose keys lie between ARGV[4] and ARGV[5], by key: at most ARGV[6] and
-- about ARGV[7] bytes. Expired ones are passed over. Whether there may be more comes first.
local scope, from, to = ARGV[3], ARGV[4], ARGV[5]
local limit, maxBytes = tonumber(ARGV[6]), tonumber(ARGV[7])
local at = now()
local found, count, bytes, more = {}, 0, 0, 1
while more == 1 and count < limit and bytes < maxBytes do
  local keys = redis.call('ZRANGEBYLEX', tag .. 'n:' .. scope, from, to, 'LIMIT', 0, 64)
  for i = 1, #keys do
    if count < limit and bytes < maxBytes then
      from = '(' .. keys[i]
      local value = record(scope, keys[i], at)
      if value then
        count = count + 1
        found[2 * count - 1] = keys[i]
        found[2 * count] = value
        bytes = bytes + #value
      end
    end
  end
  more = #keys == 64 and 1 or 0
end
if bytes >= maxBytes then
  more = 1
end
return {more, found}
