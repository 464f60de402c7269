package dev.parley.store;

/// A part of a stream's history written in one life of the store.
///
/// @param first its first event's seq; it ends before the next stretch's first
public record Stretch(long first, String epoch) {}
