-- Where a stream stands.
return history(state(ARGV[3]))
