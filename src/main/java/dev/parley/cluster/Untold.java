package dev.parley.cluster;

/// What is left to be told of a key by this node: what was told of it is not so, or may be taken
/// otherwise by who heard the nodes in another order.
///
/// @param said whether some node says it
/// @param value what it says under it, or said last
public record Untold(boolean said, String value) {}
