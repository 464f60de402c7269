-- Writes record ARGV[5] of scope ARGV[3]; ARGV[6]: its expected version or nothing, ARGV[7]: when
-- it expires or 0, ARGV[8]: its value. ARGV[4] names the write. Answers the version, or what is
-- there instead.
local scope, operation, key = ARGV[3], ARGV[4], ARGV[5]
local at = now()
local answer = answerOf(operation, at)
if answer then
  return {tonumber(answer)}
end
local found = record(scope, key, at)
local version = versionOf(found)
if ARGV[6] ~= '' and tonumber(ARGV[6]) ~= version then
  return {0, found}
end
putRecord(scope, key, version + 1, 0, tonumber(ARGV[7]), ARGV[8])
keepAnswer(operation, int(version + 1), at)
return {version + 1}
