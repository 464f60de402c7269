package dev.parley.gateway;

import dev.parley.feed.Entry;
import dev.parley.protocol.MembershipCommand.Purpose;
import dev.parley.protocol.Position;
import dev.parley.protocol.Reply;
import dev.parley.protocol.RoomName;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One way into a room: may I, a place in the audience, counted. The rooms look at the caller's
/// rights again when they count, so that a revocation between the steps is either seen there or met
/// in the audience. Who only hears is not counted and asked about again.
final class Joining {
  private static final Reply.Arrived UNCOUNTED = new Reply.Arrived(0, List.of());

  private final SessionRooms rooms;
  private final RoomName room;
  private final Optional<Position> since;
  private final Purpose purpose;

  Joining(SessionRooms rooms, RoomName room, Optional<Position> since, Purpose purpose) {
    this.rooms = rooms;
    this.room = room;
    this.since = since;
    this.purpose = purpose;
  }

  Future<Reply.Joined> begin() {
    return rooms.askToEnter(room, purpose).compose(this::onEntered);
  }

  private Future<Reply.Joined> onEntered(Reply.Entered entered) {
    return rooms.takePlace(room, since).compose(entry -> onPlaced(entered, entry));
  }

  private Future<Reply.Joined> onPlaced(Reply.Entered entered, Entry entry) {
    boolean counted = purpose != Purpose.WATCH || !entered.membership().conversation();
    Seat seat = new Seat(entered.membership(), entry.subscription(), counted);
    if (!rooms.isOpen()) {
      return rooms.leaveUncounted(seat);
    }
    rooms.keep(room, seat);
    return (counted ? rooms.announce(room) : mayStay())
        .map(arrived -> onArrived(entry, arrived))
        .onFailure(_ -> rooms.giveBack(room, seat));
  }

  private Future<Reply.Arrived> mayStay() {
    return rooms.askToEnter(room, purpose).map(UNCOUNTED);
  }

  private Reply.Joined onArrived(Entry entry, Reply.Arrived arrived) {
    arrived.state().ifPresent(rooms::onShown);
    return new Reply.Joined(
        room,
        entry.position(),
        entry.recovered(),
        arrived.count(),
        arrived.members(),
        Instant.now(),
        arrived.state());
  }
}
