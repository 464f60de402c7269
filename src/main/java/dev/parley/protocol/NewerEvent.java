package dev.parley.protocol;

/// An event in a room's log that only newer servers know: it keeps its place there, and clients of
/// this one get nothing of it.
public record NewerEvent(RoomName room) implements Event {}
