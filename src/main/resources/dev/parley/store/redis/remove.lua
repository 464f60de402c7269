-- Removes record ARGV[5] of scope ARGV[3]. ARGV[4] names the removal.
local at = now()
if answerOf(ARGV[4], at) then
  return 0
end
removeRecord(ARGV[3], ARGV[5])
keepAnswer(ARGV[4], '1', at)
return 1
