-- A record of scope ARGV[3] by its key ARGV[4].
return record(ARGV[3], ARGV[4], now())
