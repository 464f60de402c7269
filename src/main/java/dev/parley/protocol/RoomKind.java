package dev.parley.protocol;

import java.util.Locale;

/// What a room is for, as its name tells.
public enum RoomKind {
  ORDER("order_"),
  QUOTE("quote_"),
  DIRECT("user_"),
  SUPPORT("support_"),
  CHANNEL("channel_"),
  OTHER("");

  private final String beginning;
  private final String word = name().toLowerCase(Locale.ROOT);

  RoomKind(String beginning) {
    this.beginning = beginning;
  }

  /// The word on the wire.
  public String word() {
    return word;
  }

  public static RoomKind of(RoomName room) {
    for (RoomKind kind : values()) {
      if (room.value().startsWith(kind.beginning)) {
        return kind;
      }
    }
    return OTHER;
  }
}
