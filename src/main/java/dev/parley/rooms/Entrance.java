package dev.parley.rooms;

import dev.parley.protocol.Caller;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Member;
import dev.parley.protocol.Membership;
import dev.parley.protocol.MembershipCommand.Arrive;
import dev.parley.protocol.MembershipCommand.Depart;
import dev.parley.protocol.MembershipCommand.EnterRoom;
import dev.parley.protocol.MembershipCommand.Purpose;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.RoomName;
import dev.parley.rooms.Attendance.Arrival;
import dev.parley.rooms.Attendance.Departure;
import dev.parley.store.Participations;
import dev.parley.store.Receipts;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;

/// Lets sessions into rooms and out of them. A session enters (may it?), listens, then arrives (now
/// it counts), and departs.
final class Entrance {
  private static final int MEMBERS_IN_REPLY = 200;

  private final Doorkeeper doorkeeper;
  private final Existence existence;
  private final Participations participations;
  private final Receipts receipts;
  private final Attendance attendance;
  private final Occupancy occupancy;
  private final Announcer announcer;
  private final RoomViews views;
  private final InstantSource clock;
  private final Set<Arriving> arriving = new HashSet<>();

  Entrance(
      Doorkeeper doorkeeper,
      Existence existence,
      Participations participations,
      Receipts receipts,
      Attendance attendance,
      Occupancy occupancy,
      Announcer announcer,
      RoomViews views,
      InstantSource clock) {
    this.doorkeeper = doorkeeper;
    this.existence = existence;
    this.participations = participations;
    this.receipts = receipts;
    this.attendance = attendance;
    this.occupancy = occupancy;
    this.announcer = announcer;
    this.views = views;
    this.clock = clock;
  }

  Future<Outcome> enter(Caller caller, EnterRoom command) {
    return doorkeeper
        .mayEnter(caller, command.room(), command.purpose())
        .compose(may -> may ? admit(caller, command) : Future.succeededFuture(Doorkeeper.denied()));
  }

  private Future<Outcome> admit(Caller caller, EnterRoom command) {
    Membership membership =
        new Membership(command.room(), RoomPolicy.isConversation(command.room()));
    return switch (command.purpose()) {
      case JOIN, SEND -> takePart(caller, membership).map(_ -> new Reply.Entered(membership));
      case WATCH -> Future.succeededFuture(new Reply.Entered(membership));
      case USE ->
          existence
              .of(command.room())
              .map(exists -> exists ? new Reply.Entered(membership) : notFound());
    };
  }

  private Future<Void> takePart(Caller caller, Membership membership) {
    if (!membership.conversation()) {
      return Future.succeededFuture();
    }
    return participations
        .begin(membership.room(), caller.user(), clock.instant())
        .compose(isNew -> isNew ? beginReceipts(caller, membership) : Future.succeededFuture(false))
        .onSuccess(
            isNew -> {
              if (isNew) {
                announcer.participationBegan(membership.room(), caller.user());
              }
            })
        .mapEmpty();
  }

  /// What was said before they took part never waits for them.
  private Future<Boolean> beginReceipts(Caller caller, Membership membership) {
    return receipts.begin(caller.user(), membership.room()).map(_ -> true);
  }

  /// Asks for the right once more: if it was revoked after the session entered and before it
  /// listened, the session has missed that.
  Future<Outcome> arrive(Caller caller, ConnectionId connection, Arrive command) {
    Arriving pending = new Arriving(command.room(), connection);
    arriving.add(pending);
    return doorkeeper
        .mayEnter(caller, command.room(), Purpose.JOIN)
        .onFailure(_ -> arriving.remove(pending))
        .compose(may -> conclude(caller, pending, command.showsState(), may));
  }

  private Future<Outcome> conclude(
      Caller caller, Arriving pending, boolean showsState, boolean may) {
    boolean stillThere = arriving.remove(pending);
    if (!may) {
      return endParticipation(pending.room(), caller).map(_ -> Doorkeeper.denied());
    }
    if (!stillThere) {
      return Future.succeededFuture(
          Rejection.of(ErrorCode.CONFLICT, "Left the room before having arrived"));
    }
    Reply.Arrived arrived = count(caller, pending, showsState);
    return showsState ? show(pending, arrived) : Future.succeededFuture(arrived);
  }

  private Future<Outcome> show(Arriving pending, Reply.Arrived arrived) {
    return views
        .arrive(pending.room(), pending.connection())
        .map(state -> state.map(arrived::with).orElse(arrived));
  }

  private Reply.Arrived count(Caller caller, Arriving arrived, boolean showsState) {
    RoomName room = arrived.room();
    Instant now = clock.instant();
    Arrival arrival = attendance.arrive(room, Member.of(caller), arrived.connection(), now);
    occupancy.set(room, arrival.count());
    arrival.news().ifPresent(news -> announcer.tellComings(news, caller));
    if (arrival.news().isPresent() && !showsState) {
      views.onChange(room);
    }
    arrival.announcement().ifPresent(announcer::announce);
    if (arrival.first()) {
      announcer.tellAdministrators("joined_room", caller.user(), room, now);
    }
    return new Reply.Arrived(arrival.count(), attendance.first(room, MEMBERS_IN_REPLY));
  }

  Future<Outcome> depart(Caller caller, ConnectionId connection, Depart command) {
    RoomName room = command.room();
    Instant now = clock.instant();
    arriving.remove(new Arriving(room, connection));
    Departure departure = attendance.depart(room, caller.user(), connection, now);
    occupancy.set(room, attendance.isOccupied(room) ? departure.count() : 0);
    departure.news().ifPresent(news -> announcer.tellComings(news, caller));
    views.depart(room, connection, departure.news().isPresent(), command.explicit());
    views.onMoved(room, caller.user());
    departure.announcement().ifPresent(announcer::announce);
    if (departure.last()) {
      announcer.tellAdministrators("left_room", caller.user(), room, now);
    }
    Reply left = new Reply.Left(room, departure.count(), now);
    return command.explicit()
        ? endParticipation(room, caller).map(_ -> left)
        : Future.succeededFuture(left);
  }

  private Future<Void> endParticipation(RoomName room, Caller caller) {
    if (!RoomPolicy.isConversation(room)) {
      return Future.succeededFuture();
    }
    return participations
        .end(room, caller.user())
        .onSuccess(_ -> announcer.participationEnded(room, caller.user()));
  }

  private static Outcome notFound() {
    return Rejection.of(ErrorCode.ROOM_NOT_FOUND, "There is no such room");
  }

  /// A connection whose right is being looked up.
  private record Arriving(RoomName room, ConnectionId connection) {}
}
