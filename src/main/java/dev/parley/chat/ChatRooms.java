package dev.parley.chat;

import dev.parley.protocol.RoomName;

/// What chat must know of rooms. Asked for every message, so never by bus.
public interface ChatRooms {
  /// Whether the room is one to talk in.
  boolean takesChat(RoomName room);

  /// How many members it has now.
  int members(RoomName room);
}
