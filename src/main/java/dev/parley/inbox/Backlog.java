package dev.parley.inbox;

import dev.parley.bus.MessageBus;
import dev.parley.config.QueueConfig;
import dev.parley.protocol.Caller;
import dev.parley.protocol.Position;
import dev.parley.protocol.Reply.Queue;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.Topic;
import dev.parley.protocol.UserId;
import dev.parley.store.EventLog;
import dev.parley.store.Participations;
import dev.parley.store.Participations.Participation;
import dev.parley.store.Receipt;
import dev.parley.store.Receipts;
import dev.parley.store.Store;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds what has not reached a user: of their inbox, and of the rooms in which they take part and
/// which they may still enter.
final class Backlog {
  /// Rooms looked at together.
  private static final int AT_ONCE = 32;

  private final EventLog log;
  private final Receipts receipts;
  private final Participations participations;
  private final RoomBacklog rooms;
  private final QueueConfig config;

  Backlog(Store store, MessageBus bus, QueueConfig config) {
    this.log = store.log();
    this.receipts = new Receipts(store.records(), store.log());
    this.participations = new Participations(store.records());
    this.rooms = new RoomBacklog(log, receipts, bus, config.maxSize());
    this.config = config;
  }

  /// What was found so far.
  private record Found(List<Waiting> newest, Map<StreamId, Position> upTo) {}

  /// @param chat whether the rooms are looked at too
  Future<Queue> of(Caller caller, boolean chat) {
    Future<Map<StreamId, Receipt>> known = receipts.of(caller.user());
    Future<List<Participation>> rooms =
        chat ? participations.of(caller.user()) : Future.succeededFuture(List.of());
    return Future.all(known, rooms)
        .compose(_ -> inbox(caller.user(), known.result()))
        .map(inbox -> add(new Found(List.of(), new HashMap<>()), List.of(inbox)))
        .compose(found -> addRooms(caller, rooms.result(), known.result(), 0, found))
        .map(Backlog::toQueue);
  }

  private static Queue toQueue(Found found) {
    return new Queue(
        Newest.urgentFirst(found.newest()).stream().map(Waiting::envelope).toList(), found.upTo());
  }

  private Future<Part> inbox(UserId user, Map<StreamId, Receipt> known) {
    StreamId stream = StreamId.of(user);
    Receipt receipt = known.getOrDefault(stream, Receipt.NONE);
    return log.head(stream)
        .map(EventLog.Head::position)
        .compose(
            head ->
                receipts
                    .valid(stream, receipt, head)
                    .compose(valid -> readInbox(user, valid, head)));
  }

  private Future<Part> readInbox(UserId user, Receipt receipt, Position head) {
    StreamId stream = StreamId.of(user);
    long after = Math.max(receipt.seq(), head.seq() - config.maxSize());
    return after >= head.seq()
        ? Future.succeededFuture(new Part(stream, head, List.of()))
        : log.read(stream, after, config.maxSize())
            .map(events -> Part.of(stream, head, Topic.of(user), receipt, events));
  }

  private Future<Found> addRooms(
      Caller caller,
      List<Participation> rooms,
      Map<StreamId, Receipt> known,
      int from,
      Found found) {
    if (from >= rooms.size()) {
      return Future.succeededFuture(found);
    }
    int to = Math.min(from + AT_ONCE, rooms.size());
    List<Future<Optional<Part>>> parts =
        rooms.subList(from, to).stream().map(room -> this.rooms.of(caller, room, known)).toList();
    return Future.all(parts)
        .map(_ -> parts.stream().map(Future::result).flatMap(Optional::stream).toList())
        .map(some -> add(found, some))
        .compose(more -> addRooms(caller, rooms, known, to, more));
  }

  private Found add(Found found, List<Part> parts) {
    List<List<Waiting>> streams = new ArrayList<>();
    streams.add(found.newest());
    parts.forEach(part -> streams.add(part.waiting()));
    parts.forEach(part -> found.upTo().put(part.stream(), part.upTo()));
    return new Found(Newest.of(streams, config.maxSize(), config.maxBytes()), found.upTo());
  }
}
