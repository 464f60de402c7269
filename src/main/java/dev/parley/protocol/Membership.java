package dev.parley.protocol;

/// A session's right to be in a room; what the gate asks instead of the rooms.
///
/// @param conversation whether the room keeps history, takes chat and has participants
public record Membership(RoomName room, boolean conversation) {}
