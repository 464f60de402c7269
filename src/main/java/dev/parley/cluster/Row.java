package dev.parley.cluster;

/// What a node says under a key.
///
/// @param version of the node's rows when it was written; later is newer
record Row(long version, String value) {}
