package dev.parley.rooms;

import dev.parley.bus.Addresses;
import dev.parley.bus.MessageBus;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Member;
import dev.parley.protocol.PresenceCommand.GetPresence;
import dev.parley.protocol.PresenceState;
import dev.parley.protocol.PresenceStatus;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Request;
import dev.parley.protocol.RoomEvent.RoomStateChanged;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.RoomState;
import dev.parley.protocol.RoomState.Present;
import dev.parley.protocol.Topic;
import dev.parley.protocol.UserId;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Shows whole states of rooms to the connections of this node that want them, and costs nothing
/// where none does. After a change a state is made once for all of them; changes that come while it
/// is made share the next one.
///
/// Large rooms change here when their batch is told; who joins one gets a state of their own.
final class RoomViews {
  private static final int MAX_USERS = 200;

  private final int shard;
  private final MessageBus bus;
  private final Attendance attendance;
  private final Cursors cursors;
  private final int batchAbove;
  private final Map<RoomName, RoomView> views = new HashMap<>();
  private long changes;

  RoomViews(int shard, MessageBus bus, Attendance attendance, Cursors cursors, int batchAbove) {
    this.shard = shard;
    this.bus = bus;
    this.attendance = attendance;
    this.cursors = cursors;
    this.batchAbove = batchAbove;
  }

  /// A connection that is shown states arrived.
  ///
  /// @return the state with it; empty for a room in which nobody is told who is there
  Future<Optional<RoomState>> arrive(RoomName room, ConnectionId connection) {
    if (RoomPolicy.isQuiet(room)) {
      return Future.succeededFuture(Optional.empty());
    }
    RoomView view = views.computeIfAbsent(room, this::open);
    view.add(connection);
    return (isLarge(room) ? make(room, view.revision()) : change(room, view)).map(Optional::of);
  }

  /// A connection is out of the room.
  ///
  /// @param told whether the members were told of it
  /// @param explicit whether its user asked for it
  void depart(RoomName room, ConnectionId connection, boolean told, boolean explicit) {
    RoomView view = views.get(room);
    if (view == null) {
      return;
    }
    boolean shown = view.remove(connection);
    if (view.isEmpty()) {
      views.remove(room);
      cursors.close(room);
    } else if (told || (explicit && shown && !isLarge(room))) {
      Future<RoomState> _ = change(room, view);
    }
  }

  /// Members were told of a change.
  void onChange(RoomName room) {
    RoomView view = views.get(room);
    if (view != null) {
      Future<RoomState> _ = change(room, view);
    }
  }

  /// A user may be no member any more.
  void onMoved(RoomName room, UserId user) {
    if (views.containsKey(room) && !attendance.isIn(room, user)) {
      cursors.forget(room, user);
    }
  }

  private RoomView open(RoomName room) {
    cursors.open(room);
    return new RoomView();
  }

  private boolean isLarge(RoomName room) {
    return attendance.count(room) > batchAbove;
  }

  private Future<RoomState> change(RoomName room, RoomView view) {
    changes++;
    return view.change(changes, () -> make(room, view.revision()), this::show);
  }

  private void show(RoomState state) {
    bus.deliver(Envelope.ephemeral(new RoomStateChanged(state), Topic.of(state.room())));
  }

  /// Never fails: of whom presence says nothing, it is known that they are there.
  private Future<RoomState> make(RoomName room, long revision) {
    List<Member> members = attendance.first(room, MAX_USERS);
    int total = attendance.count(room);
    return bus.call(Addresses.presence(shard), asServer(members), Reply.Presences.class)
        .map(presences -> byUser(presences.users()))
        .otherwise(Map.of())
        .map(known -> new RoomState(room, present(room, members, known), total, revision));
  }

  private static Request asServer(List<Member> members) {
    return new Request(Caller.SERVER, new GetPresence(members.stream().map(Member::user).toList()));
  }

  private static Map<UserId, PresenceState> byUser(List<PresenceState> states) {
    return states.stream()
        .collect(Collectors.toMap(PresenceState::user, Function.identity(), (one, _) -> one));
  }

  private List<Present> present(
      RoomName room, List<Member> members, Map<UserId, PresenceState> known) {
    return members.stream()
        .map(member -> present(room, member, Optional.ofNullable(known.get(member.user()))))
        .toList();
  }

  /// A member is connected, whether or not presence heard of it yet.
  private Present present(RoomName room, Member member, Optional<PresenceState> known) {
    return new Present(
        member,
        known
            .map(PresenceState::status)
            .filter(status -> status != PresenceStatus.OFFLINE)
            .orElse(PresenceStatus.ONLINE),
        cursors.find(room, member.user()),
        known.flatMap(PresenceState::lastSeen));
  }
}
