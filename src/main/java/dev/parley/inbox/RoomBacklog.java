package dev.parley.inbox;

import dev.parley.bus.Addresses;
import dev.parley.bus.MessageBus;
import dev.parley.protocol.Caller;
import dev.parley.protocol.MembershipCommand.EnterRoom;
import dev.parley.protocol.MembershipCommand.Purpose;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Position;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Request;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.Topic;
import dev.parley.store.EventLog;
import dev.parley.store.Participations.Participation;
import dev.parley.store.Receipt;
import dev.parley.store.Receipts;
import dev.parley.store.StoredEvent;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the messages of a room that have not reached a user who takes part.
final class RoomBacklog {
  /// By how much the clocks of two nodes may differ.
  private static final Duration SKEW = Duration.ofMinutes(1);

  private final EventLog log;
  private final Receipts receipts;
  private final MessageBus bus;
  private final int max;

  RoomBacklog(EventLog log, Receipts receipts, MessageBus bus, int max) {
    this.log = log;
    this.receipts = receipts;
    this.bus = bus;
    this.max = max;
  }

  /// Empty if all has reached the user, or they may not be there.
  Future<Optional<Part>> of(Caller caller, Participation room, Map<StreamId, Receipt> known) {
    StreamId stream = StreamId.of(room.room());
    Receipt receipt = known.getOrDefault(stream, Receipt.NONE);
    Instant notBefore = known.containsKey(stream) ? Instant.EPOCH : room.since().minus(SKEW);
    return log.head(stream)
        .map(EventLog.Head::position)
        .compose(
            head ->
                receipts
                    .valid(stream, receipt, head)
                    .compose(valid -> read(caller, room.room(), valid, notBefore, head)));
  }

  private Future<Optional<Part>> read(
      Caller caller, RoomName room, Receipt receipt, Instant notBefore, Position head) {
    return receipt.seq() >= head.seq()
        ? Future.succeededFuture(Optional.empty())
        : mayEnter(caller, room)
            .compose(
                may ->
                    may
                        ? read(room, receipt, notBefore, head).map(Optional::of)
                        : Future.succeededFuture(Optional.empty()));
  }

  private Future<Part> read(RoomName room, Receipt receipt, Instant notBefore, Position head) {
    StreamId stream = StreamId.of(room);
    return log.readCountedBefore(stream, head.seq() + 1, max)
        .map(List<StoredEvent>::reversed)
        .map(events -> Part.of(stream, head, Topic.of(room), receipt, events))
        .map(part -> since(notBefore, part));
  }

  /// Where nothing was ever noted, the time at which the participation began has to do.
  private static Part since(Instant notBefore, Part part) {
    return new Part(
        part.stream(),
        part.upTo(),
        part.waiting().stream().filter(each -> !each.at().isBefore(notBefore)).toList());
  }

  private Future<Boolean> mayEnter(Caller caller, RoomName room) {
    Request question = new Request(caller, new EnterRoom(room, Purpose.USE));
    return bus.request(Addresses.rooms(bus.shards().of(room)), question)
        .map(RoomBacklog::isEntered);
  }

  private static boolean isEntered(Outcome outcome) {
    return outcome instanceof Reply.Entered;
  }
}
