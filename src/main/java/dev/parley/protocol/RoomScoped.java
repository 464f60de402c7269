package dev.parley.protocol;

/// A command about one room, for which the gate needs the session's [Membership] there.
public interface RoomScoped {
  RoomName room();
}
