package dev.parley.rooms;

import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Member;
import dev.parley.protocol.Reply.MembersPage;
import dev.parley.protocol.RoomEvent;
import dev.parley.protocol.RoomEvent.RoomJoined;
import dev.parley.protocol.RoomEvent.RoomLeft;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who is in the rooms of a shard. A room is here while somebody is in it.
///
/// In rooms over `batchAbove` members, comings and goings are collected until [#takeNews]; they
/// stay in their order when a room shrinks or grows across that size.
final class Attendance {
  private final int batchAbove;
  private final Map<RoomName, Room> rooms = new HashMap<>();
  private final Map<RoomName, MembersBatch> batches = new LinkedHashMap<>();

  Attendance(int batchAbove) {
    this.batchAbove = batchAbove;
  }

  Arrival arrive(RoomName name, Member member, ConnectionId connection, Instant at) {
    Room room = rooms.computeIfAbsent(name, _ -> new Room());
    boolean first = room.arrive(member, connection);
    int count = room.size();
    if (!first || RoomPolicy.isUnasked(name)) {
      return new Arrival(count, first, Optional.empty());
    }
    if (isBatched(name, count)) {
      batches.computeIfAbsent(name, _ -> new MembersBatch()).onJoined(member);
      return new Arrival(count, true, Optional.empty());
    }
    return new Arrival(count, true, Optional.of(new RoomJoined(name, member, count, at)));
  }

  Departure depart(RoomName name, UserId user, ConnectionId connection, Instant at) {
    Room room = rooms.get(name);
    if (room == null) {
      return new Departure(0, false, Optional.empty());
    }
    Optional<Member> gone = room.depart(user, connection);
    int count = room.size();
    if (count == 0) {
      rooms.remove(name);
    }
    if (gone.isEmpty() || RoomPolicy.isUnasked(name)) {
      return new Departure(count, gone.isPresent(), Optional.empty());
    }
    if (isBatched(name, count)) {
      batches.computeIfAbsent(name, _ -> new MembersBatch()).onLeft(gone.get());
      return new Departure(count, true, Optional.empty());
    }
    return new Departure(count, true, Optional.of(new RoomLeft(name, gone.get(), count, at)));
  }

  private boolean isBatched(RoomName name, int count) {
    return count > batchAbove || batches.containsKey(name);
  }

  boolean hasNews() {
    return !batches.isEmpty();
  }

  /// What was collected.
  List<RoomEvent> takeNews(Instant at) {
    List<RoomEvent> news = new ArrayList<>();
    batches.forEach((name, batch) -> news.addAll(batch.toEvents(name, count(name), at)));
    batches.clear();
    return news;
  }

  boolean isOccupied(RoomName name) {
    return rooms.containsKey(name);
  }

  int count(RoomName name) {
    Room room = rooms.get(name);
    return room == null ? 0 : room.size();
  }

  List<Member> first(RoomName name, int limit) {
    Room room = rooms.get(name);
    return room == null ? List.of() : room.first(limit);
  }

  MembersPage page(RoomName name, Optional<UserId> after, int limit) {
    Room room = rooms.get(name);
    if (room == null) {
      return new MembersPage(name, List.of(), 0, Optional.empty());
    }
    List<Member> oneMore =
        after.map(user -> room.after(user, limit + 1)).orElseGet(() -> room.first(limit + 1));
    boolean more = oneMore.size() > limit;
    List<Member> page = more ? oneMore.subList(0, limit) : oneMore;
    Optional<UserId> next = more ? Optional.of(page.getLast().user()) : Optional.empty();
    return new MembersPage(name, page, room.size(), next);
  }

  /// @param count members now
  /// @param first whether the user came with this connection
  /// @param news what the others are to be told at once
  record Arrival(int count, boolean first, Optional<RoomEvent> news) {}

  /// @param count members now
  /// @param last whether the user went with this connection
  /// @param news what the others are to be told at once
  record Departure(int count, boolean last, Optional<RoomEvent> news) {}
}
