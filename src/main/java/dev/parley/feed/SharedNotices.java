package dev.parley.feed;

import dev.parley.protocol.Envelope;
import dev.parley.protocol.EventJson;
import dev.parley.protocol.NotificationEvent.NotificationCreated;
import dev.parley.protocol.Stamp;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.Topic;
import dev.parley.store.EventLog;
import dev.parley.store.StoredEvent;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The notifications for several users: each reaches this node once, by the bus or, if that lost
/// it, from the store. Any thread may call.
final class SharedNotices {
  private static final Logger LOG = LoggerFactory.getLogger(SharedNotices.class);
  private static final int PAGE = 200;
  private static final int MAX_STREAMS = 4_096;
  private static final long AGAIN_MILLIS = 1_000;

  private final Vertx vertx;
  private final EventLog log;
  private final Consumer<Envelope> receiver;
  private final Instant startedAt = Instant.now();
  private final Set<StreamId> reading = new HashSet<>();
  private final Map<StreamId, Heard> streams =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<StreamId, Heard> eldest) {
          return size() > MAX_STREAMS;
        }
      };

  /// @param receiver brings what the bus lost to the sessions of this node
  SharedNotices(Vertx vertx, EventLog log, Consumer<Envelope> receiver) {
    this.vertx = vertx;
    this.log = log;
    this.receiver = receiver;
  }

  /// Whether a live event is to be delivered: it is no such notification, or it is new here.
  boolean admits(Envelope envelope) {
    Stamp stamp = envelope.stamp().orElse(null);
    StreamId stream = stamp == null ? null : streamOf(envelope.topics().getFirst());
    return stamp == null || stream == null || take(stream, stamp);
  }

  /// The store has events of a stream up to `seq`.
  void hearOf(StreamId stream, long seq) {
    topicOf(stream).ifPresent(topic -> readIfLacking(stream, topic, seq));
  }

  private synchronized boolean take(StreamId stream, Stamp stamp) {
    return streams
        .computeIfAbsent(stream, _ -> Heard.from(stamp.position().epoch(), stamp.seq()))
        .take(stamp.position());
  }

  private synchronized void readIfLacking(StreamId stream, Topic topic, long seq) {
    Heard heard = streams.computeIfAbsent(stream, _ -> Heard.from("", seq));
    if (!heard.lacks(seq)) {
      heard.reach(seq);
    } else if (reading.add(stream)) {
      read(stream, topic, heard.done(), seq);
    }
  }

  private void read(StreamId stream, Topic topic, long after, long upTo) {
    log.read(stream, after, PAGE)
        .onComplete(
            page -> onPage(stream, topic, page, upTo),
            failure -> {
              LOG.debug("notifications that were lost cannot be read: {}", failure.getMessage());
              vertx.setTimer(AGAIN_MILLIS, _ -> read(stream, topic, after, upTo));
            });
  }

  private void onPage(StreamId stream, Topic topic, List<StoredEvent> page, long upTo) {
    page.forEach(stored -> deliver(stream, topic, stored));
    if (page.size() == PAGE) {
      read(stream, topic, page.getLast().seq(), upTo);
    } else {
      end(stream, page.isEmpty() ? upTo : Math.max(upTo, page.getLast().seq()));
    }
  }

  private synchronized void end(StreamId stream, long reached) {
    reading.remove(stream);
    Heard heard = streams.get(stream);
    if (heard != null) {
      heard.reach(reached);
    }
  }

  /// What is older than this node was never for its sessions.
  private void deliver(StreamId stream, Topic topic, StoredEvent stored) {
    if (take(stream, stored.stamp())) {
      created(stored)
          .filter(event -> !event.notification().createdAt().isBefore(startedAt))
          .ifPresent(
              event ->
                  receiver.accept(
                      Envelope.durable(event, topic, stored.stamp(), stored.payload())));
    }
  }

  private static Optional<NotificationCreated> created(StoredEvent stored) {
    try {
      return EventJson.decode(stored.payload()) instanceof NotificationCreated event
          ? Optional.of(event)
          : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // of a newer node
    }
  }

  private static @Nullable StreamId streamOf(Topic topic) {
    return switch (topic) {
      case Topic.Everyone _ -> StreamId.NOTICES_FOR_ALL;
      case Topic.OfRole(String role) -> StreamId.noticesFor(role);
      case Topic.OfUser _, Topic.OfRoom _, Topic.Named _ -> null;
    };
  }

  private static Optional<Topic> topicOf(StreamId stream) {
    return stream.equals(StreamId.NOTICES_FOR_ALL)
        ? Optional.of(Topic.EVERYONE)
        : stream.role().map(Topic.OfRole::new);
  }
}
