package dev.parley.gateway;

/// How much may wait for one connection.
///
/// @param liveBytes live events; more: the client is too slow
/// @param pacedBytes replies and replays; the next part is written when fewer wait
record OutboxLimits(long liveBytes, long pacedBytes) {}
