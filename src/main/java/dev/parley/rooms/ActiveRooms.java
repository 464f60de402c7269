package dev.parley.rooms;

import dev.parley.protocol.Caller;
import dev.parley.protocol.MembershipCommand.Purpose;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Reply.ActiveRoom;
import dev.parley.protocol.RoomCommand.ListActiveRooms;
import dev.parley.protocol.RoomName;
import dev.parley.store.EventLog;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lists the rooms that have members, on all nodes, as far as a caller may enter them.
final class ActiveRooms {
  private static final int MAX_PAGE = 1_000;

  /// How many names are looked at for one page: beyond it a page may be shorter than asked for.
  private static final int MAX_LOOKED_AT = 5_000;

  private static final int LOOK_AT_ONCE = 256;

  private final Occupancy occupancy;
  private final Doorkeeper doorkeeper;
  private final EventLog log;

  ActiveRooms(Occupancy occupancy, Doorkeeper doorkeeper, EventLog log) {
    this.occupancy = occupancy;
    this.doorkeeper = doorkeeper;
    this.log = log;
  }

  Future<Outcome> seenBy(Caller caller, ListActiveRooms command) {
    if (command.limit() < 1 || command.limit() > MAX_PAGE) {
      return Future.succeededFuture(
          Rejection.invalid("limit", "limit must be between 1 and " + MAX_PAGE));
    }
    return collect(new Search(caller, command.limit()), command.after(), 0)
        .compose(rooms -> InParts.lookUp(rooms, this::describe))
        .map(Reply.ActiveRooms::new);
  }

  private Future<List<RoomName>> collect(Search search, Optional<RoomName> after, int lookedAt) {
    List<RoomName> names = occupancy.list(after, LOOK_AT_ONCE);
    if (names.isEmpty() || lookedAt >= MAX_LOOKED_AT) {
      return Future.succeededFuture(search.found());
    }
    return InParts.lookUp(names, room -> mayEnter(search.caller(), room))
        .compose(
            may -> {
              search.add(names, may);
              return search.isDone()
                  ? Future.succeededFuture(search.found())
                  : collect(search, Optional.of(names.getLast()), lookedAt + names.size());
            });
  }

  private Future<Boolean> mayEnter(Caller caller, RoomName room) {
    return doorkeeper.mayEnter(caller, room, Purpose.USE);
  }

  private Future<ActiveRoom> describe(RoomName room) {
    return Newest.in(log, room)
        .map(
            newest ->
                new ActiveRoom(
                    room,
                    occupancy.members(room),
                    newest.map(Newest::number).orElse(0L),
                    newest.map(each -> each.message().message().at())));
  }

  /// What was found of one page.
  private record Search(Caller caller, int limit, List<RoomName> found) {
    Search(Caller caller, int limit) {
      this(caller, limit, new ArrayList<>());
    }

    void add(List<RoomName> names, List<Boolean> may) {
      for (int i = 0; i < names.size() && !isDone(); i++) {
        if (may.get(i)) {
          found.add(names.get(i));
        }
      }
    }

    boolean isDone() {
      return found.size() >= limit;
    }
  }
}
