package dev.parley.notifications;

import dev.parley.protocol.ChatMessage;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.UserId;
import dev.parley.store.EventLog;
import dev.parley.store.EventLog.Change;
import dev.parley.store.EventLog.Changes;
import dev.parley.store.Participations;
import dev.parley.store.StoredEvent;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads what was posted from the change feed, but for what is plain, and notifies who is mentioned
/// and takes part. What fails is read again; what is read twice is kept once. Belongs to one
/// thread.
final class MentionFollower {
  private static final Logger LOG = LoggerFactory.getLogger(MentionFollower.class);
  private static final int CHANGES_A_STEP = 1_000;
  private static final int EVENTS_A_STEP = 100;

  private final EventLog log;
  private final FeedCursors cursors;
  private final Participations participations;
  private final Creation creation;
  private final BooleanSupplier goOn;

  /// @param goOn whether this one is still to follow
  MentionFollower(
      EventLog log,
      FeedCursors cursors,
      Participations participations,
      Creation creation,
      BooleanSupplier goOn) {
    this.log = log;
    this.cursors = cursors;
    this.participations = participations;
    this.creation = creation;
    this.goOn = goOn;
  }

  /// Seqs of a stream, both included.
  private record Stretch(long first, long last) {
    Stretch join(Stretch other) {
      return new Stretch(Math.min(first, other.first), Math.max(last, other.last));
    }
  }

  /// Reads all that there is in some partitions.
  Future<Void> follow(List<Integer> partitions) {
    return Future.join(partitions.stream().map(this::follow).toList()).mapEmpty();
  }

  private Future<Void> follow(int partition) {
    return cursors
        .get(partition)
        .compose(cursor -> log.changes(partition, cursor, CHANGES_A_STEP))
        .compose(changes -> follow(partition, changes));
  }

  private Future<Void> follow(int partition, Changes changes) {
    if (changes.truncated()) {
      LOG.warn("What was posted is no longer known; who was mentioned there is not notified");
    }
    return readAll(changes.changes())
        .onSuccess(_ -> cursors.advance(partition, changes.cursor()))
        .compose(
            _ ->
                changes.changes().size() == CHANGES_A_STEP && goOn.getAsBoolean()
                    ? follow(partition)
                    : Future.succeededFuture());
  }

  private Future<Void> readAll(List<Change> changes) {
    Map<RoomName, Stretch> rooms = new LinkedHashMap<>();
    for (Change change : changes) {
      change.stream()
          .room()
          .filter(_ -> !change.plain())
          .ifPresent(
              room -> rooms.merge(room, new Stretch(change.seq(), change.seq()), Stretch::join));
    }
    Future<Void> read = Future.succeededFuture();
    for (var each : rooms.entrySet()) {
      read = read.compose(_ -> read(each.getKey(), each.getValue()));
    }
    return read;
  }

  private Future<Void> read(RoomName room, Stretch stretch) {
    long count = Math.min(EVENTS_A_STEP, stretch.last() - stretch.first() + 1);
    return log.read(StreamId.of(room), stretch.first() - 1, (int) count)
        .compose(events -> read(room, stretch, events));
  }

  private Future<Void> read(RoomName room, Stretch stretch, List<StoredEvent> events) {
    List<Future<Void>> notified = new ArrayList<>();
    events.stream()
        .filter(event -> event.seq() <= stretch.last())
        .flatMap(event -> Mentions.in(event).stream())
        .forEach(message -> notified.add(notifyMentioned(message)));
    long reached = events.isEmpty() ? stretch.last() : events.getLast().seq();
    return Future.join(notified)
        .compose(
            _ ->
                reached < stretch.last()
                    ? read(room, new Stretch(reached + 1, stretch.last()))
                    : Future.succeededFuture());
  }

  private Future<Void> notifyMentioned(ChatMessage message) {
    return Future.join(
            Mentions.mentioned(message).stream().map(user -> notify(message, user)).toList())
        .mapEmpty();
  }

  private Future<Void> notify(ChatMessage message, UserId user) {
    return participations
        .has(message.room(), user)
        .compose(
            takesPart ->
                takesPart
                    ? creation.keep(Mentions.draft(message, user))
                    : Future.succeededFuture(Optional.empty()))
        .mapEmpty();
  }
}
