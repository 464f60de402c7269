package dev.parley.rooms;

import dev.parley.cluster.ToTell;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Member;
import dev.parley.protocol.Reply.MembersPage;
import dev.parley.protocol.RoomEvent;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import dev.parley.rooms.News.Move;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who is in the rooms of a shard. A room is here while somebody of this node is in it; then those
/// of the other nodes are in it too.
///
/// News are for the sessions of this node and follow from what it knows, so that each node's are in
/// order whatever the others do. Announcements are for all applications and say what happened here:
/// in a cluster exactly one node makes each. Alone, the two are the same.
final class Attendance {
  private final MembersElsewhere elsewhere;
  private final Map<RoomName, Room> rooms = new HashMap<>();
  private final News told;
  private final News announced;

  /// @param batchAbove members above which news are collected
  Attendance(int batchAbove, MembersElsewhere elsewhere) {
    this.elsewhere = elsewhere;
    this.told = new News(batchAbove);
    this.announced = new News(batchAbove);
  }

  Arrival arrive(RoomName name, Member member, ConnectionId connection, Instant at) {
    Room room = rooms.computeIfAbsent(name, this::open);
    Room.Arrived arrived = room.arrive(member, connection);
    int count = room.size();
    ToTell toTell =
        arrived == Room.Arrived.AGAIN
            ? ToTell.NOTHING
            : elsewhere.arrived(name, member, announced.isBatched(name, count));
    Move move = new Move(name, member, true, count, at);
    Optional<RoomEvent> news = arrived == Room.Arrived.NEW ? told.tell(move) : Optional.empty();
    return new Arrival(count, toTell != ToTell.NOTHING, news, announce(toTell, move));
  }

  Departure depart(RoomName name, UserId user, ConnectionId connection, Instant at) {
    Room room = rooms.get(name);
    if (room == null) {
      return new Departure(count(name), false, Optional.empty(), Optional.empty());
    }
    Optional<Member> gone = room.depart(user, connection);
    return gone.map(member -> depart(name, room, member, at))
        .orElseGet(() -> new Departure(room.size(), false, Optional.empty(), Optional.empty()));
  }

  private Departure depart(RoomName name, Room room, Member member, Instant at) {
    int others = room.size();
    ToTell toTell = elsewhere.departed(name, member.user(), announced.isBatched(name, others));
    Optional<Member> stays = elsewhere.find(name, member.user());
    stays.ifPresent(room::see);
    int count = room.size();
    if (!room.isHere()) {
      rooms.remove(name);
    }
    Move move = new Move(name, member, false, others, at);
    Optional<RoomEvent> news = stays.isPresent() ? Optional.empty() : told.tell(move);
    return new Departure(count, toTell != ToTell.NOTHING, news, announce(toTell, move));
  }

  /// A member of another node may have come or gone.
  ///
  /// @return what the sessions here are to be told at once
  Optional<RoomEvent> onElsewhere(RoomName name, UserId user, Instant at) {
    Room room = rooms.get(name);
    if (room == null) {
      return Optional.empty();
    }
    Optional<Member> there = elsewhere.find(name, user);
    return there.isPresent()
        ? there
            .filter(room::see)
            .flatMap(member -> told.tell(new Move(name, member, true, room.size(), at)))
        : room.lose(user)
            .flatMap(member -> told.tell(new Move(name, member, false, room.size(), at)));
  }

  private Optional<RoomEvent> announce(ToTell toTell, Move move) {
    return elsewhere.isSomewhere()
        ? switch (toTell) {
          case NOTHING -> Optional.empty();
          case THE_TURN -> announced.tell(move);
          case WHATEVER_WAS_TOLD -> announced.tellInAnyCase(move);
        }
        : Optional.empty();
  }

  /// What applications and administrators are still to be told of a user by this node.
  Optional<MembersElsewhere.Untold> settle(RoomName name, UserId user) {
    return elsewhere.settle(name, user);
  }

  /// What applications are to be told at once of what was settled.
  Optional<RoomEvent> announceAgain(RoomName name, MembersElsewhere.Untold untold, Instant at) {
    return announced.tellInAnyCase(new Move(name, untold.member(), untold.in(), count(name), at));
  }

  private Room open(RoomName name) {
    Room room = new Room();
    elsewhere.list(name, Optional.empty(), Integer.MAX_VALUE).forEach(room::see);
    return room;
  }

  /// Whether something is collected.
  boolean hasNews() {
    return told.isWaiting() || announced.isWaiting();
  }

  /// What was collected for the sessions here.
  List<RoomEvent> takeNews(Instant at) {
    return told.take(this::count, at);
  }

  /// What was collected for applications.
  List<RoomEvent> takeAnnouncements(Instant at) {
    return announced.take(this::count, at);
  }

  /// Whether somebody of this node is in it.
  boolean isOccupied(RoomName name) {
    return rooms.containsKey(name);
  }

  /// Whether somebody is in a room that is occupied here.
  boolean isIn(RoomName name, UserId user) {
    Room room = rooms.get(name);
    return room != null && room.has(user);
  }

  int count(RoomName name) {
    Room room = rooms.get(name);
    return room == null ? elsewhere.count(name) : room.size();
  }

  List<Member> first(RoomName name, int limit) {
    return list(name, Optional.empty(), limit);
  }

  MembersPage page(RoomName name, Optional<UserId> after, int limit) {
    List<Member> oneMore = list(name, after, limit + 1);
    boolean more = oneMore.size() > limit;
    List<Member> page = more ? oneMore.subList(0, limit) : oneMore;
    Optional<UserId> next = more ? Optional.of(page.getLast().user()) : Optional.empty();
    return new MembersPage(name, page, count(name), next);
  }

  private List<Member> list(RoomName name, Optional<UserId> after, int limit) {
    Room room = rooms.get(name);
    return room == null ? elsewhere.list(name, after, limit) : room.list(after, limit);
  }

  /// @param count members now
  /// @param first whether the user came with this connection, of all nodes
  /// @param news what the others here are to be told at once
  /// @param announcement what applications are to be told at once, where that differs
  record Arrival(
      int count, boolean first, Optional<RoomEvent> news, Optional<RoomEvent> announcement) {}

  /// @param count members now
  /// @param last whether the user went with this connection, of all nodes
  /// @param news what the others here are to be told at once
  /// @param announcement what applications are to be told at once, where that differs
  record Departure(
      int count, boolean last, Optional<RoomEvent> news, Optional<RoomEvent> announcement) {}
}
