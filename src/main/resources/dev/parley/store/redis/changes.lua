-- What was appended to the partition after index ARGV[3], at most ARGV[4], and where the feed
-- stands.
local feed = redis.call('HMGET', tag .. 'g', 'i', 't', 'h')
local index, trimmed = tonumber(feed[1] or 0), tonumber(feed[2] or 0)
local after = tonumber(ARGV[3])
local changes = {}
if after < index then
  local entries = redis.call('XRANGE', tag .. 'f', int(after + 1) .. '-0', '+', 'COUNT', ARGV[4])
  for i = 1, #entries do
    changes[3 * i - 2] = entries[i][2][2]
    changes[3 * i - 1] = tonumber(entries[i][2][4])
    changes[3 * i] = tonumber(entries[i][2][6] or 0) -- nodes of before did not say
  end
end
return {{index, 0, trimmed, feed[3] or ''}, changes}
