package dev.parley.rooms;

import dev.parley.protocol.Event;
import dev.parley.protocol.PresenceEvent.CursorMoved;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.RoomState.Cursor;
import dev.parley.protocol.UserId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Where users pointed last, in rooms whose state is shown to a connection of this node. It sees
/// what all nodes say while that is so; nobody keeps what was before. Any thread may ask.
public final class Cursors {
  /// Of one room; who comes later is not kept.
  private static final int MAX_USERS = 1_000;

  private final Map<RoomName, Map<UserId, Cursor>> rooms = new ConcurrentHashMap<>();

  /// Takes in an event that reached this node.
  public void see(Event event) {
    if (event instanceof CursorMoved moved) {
      Map<UserId, Cursor> users = rooms.get(moved.room());
      if (users != null && (users.size() < MAX_USERS || users.containsKey(moved.user()))) {
        users.put(moved.user(), new Cursor(moved.x(), moved.y(), moved.cell()));
      }
    }
  }

  /// How many are kept.
  public int size() {
    return rooms.values().stream().mapToInt(Map::size).sum();
  }

  void open(RoomName room) {
    rooms.putIfAbsent(room, new ConcurrentHashMap<>());
  }

  void close(RoomName room) {
    rooms.remove(room);
  }

  void forget(RoomName room, UserId user) {
    Optional.ofNullable(rooms.get(room)).ifPresent(users -> users.remove(user));
  }

  Optional<Cursor> find(RoomName room, UserId user) {
    return Optional.ofNullable(rooms.get(room)).map(users -> users.get(user));
  }
}
