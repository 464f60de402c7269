package dev.parley.presence;

import dev.parley.bus.MessageBus;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.PresenceEvent.Cause;
import dev.parley.protocol.PresenceEvent.PresenceChanged;
import dev.parley.protocol.PresenceEvent.UserActivity;
import dev.parley.protocol.PresenceState;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Topic;
import dev.parley.protocol.UserId;
import dev.parley.store.Participations;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the user's own connections and those who share a room with them: small rooms at once,
/// large ones with the next batch.
final class PresenceNews {
  private static final Logger LOG = LoggerFactory.getLogger(PresenceNews.class);

  /// Of one user, while their rooms are looked up; then the newest takes the place of the last.
  private static final int MAX_WAITING = 16;

  private static final int MAX_BATCH = 10_000;

  private final MessageBus bus;
  private final Participations participations;
  private final int batchAbove;
  private final ToIntFunction<RoomName> members;
  private final MovesBatch batch = new MovesBatch();

  /// News of users whose rooms are being looked up, so that they go out in their order.
  private final Map<UserId, List<PresenceChanged>> waiting = new HashMap<>();

  /// @param members how many members a room has now
  PresenceNews(
      MessageBus bus,
      Participations participations,
      int batchAbove,
      ToIntFunction<RoomName> members) {
    this.bus = bus;
    this.participations = participations;
    this.batchAbove = batchAbove;
    this.members = members;
  }

  /// Completes when it is told, waits for the batch, or waits for an earlier one of the same user.
  Future<Void> tell(PresenceState state, Cause cause, Instant at) {
    PresenceChanged event = new PresenceChanged(state, cause, at);
    List<PresenceChanged> queue = waiting.get(state.user());
    if (queue == null) {
      waiting.put(state.user(), new ArrayList<>(List.of(event)));
      return lookUp(state.user());
    }
    if (queue.size() >= MAX_WAITING) {
      queue.removeLast();
    }
    queue.add(event);
    return Future.succeededFuture();
  }

  /// Tells the sessions of this node alone that a user, whom they take for offline, is there.
  Future<Void> tellHere(PresenceState state, Instant at) {
    PresenceChanged event = new PresenceChanged(state, Cause.CONNECTION, at);
    return participations
        .roomsOf(state.user())
        .otherwise(failure -> onUnknownRooms(state.user(), failure))
        .onSuccess(rooms -> bus.deliver(Envelope.ephemeral(event, topics(state.user(), rooms))))
        .mapEmpty();
  }

  private static List<Topic> topics(UserId user, List<RoomName> rooms) {
    List<Topic> topics = new ArrayList<>();
    topics.add(Topic.of(user));
    rooms.forEach(room -> topics.add(Topic.of(room)));
    return topics;
  }

  void tellAdministrators(String activity, UserId user, Instant at) {
    UserActivity told = new UserActivity(activity, user, Optional.empty(), at);
    bus.publish(Envelope.ephemeral(told, Topic.of(RoomName.ADMIN)));
  }

  /// @return `interval`, if something waits for the next batch
  Optional<Duration> batched(Duration interval) {
    return batch.size() > 0 ? Optional.of(interval) : Optional.empty();
  }

  /// Whose move it was, and applications, heard of it at once.
  void tellBatch() {
    batch.take().forEach(bus::publishFurther);
  }

  private Future<Void> lookUp(UserId user) {
    return participations
        .roomsOf(user)
        .otherwise(failure -> onUnknownRooms(user, failure))
        .onSuccess(rooms -> publishWaiting(user, rooms))
        .mapEmpty();
  }

  private void publishWaiting(UserId user, List<RoomName> rooms) {
    List<PresenceChanged> events = waiting.getOrDefault(user, List.of());
    waiting.remove(user);
    List<Topic> atOnce = new ArrayList<>();
    List<RoomName> large = new ArrayList<>();
    atOnce.add(Topic.of(user));
    for (RoomName room : rooms) {
      boolean _ = isLarge(room) ? large.add(room) : atOnce.add(Topic.of(room));
    }
    for (PresenceChanged event : events) {
      bus.publish(Envelope.ephemeral(event, atOnce));
      addToBatch(event, large);
    }
  }

  private boolean isLarge(RoomName room) {
    return members.applyAsInt(room) > batchAbove;
  }

  private void addToBatch(PresenceChanged event, List<RoomName> large) {
    if (!large.isEmpty()) {
      batch.add(event, large);
    }
    if (batch.size() > MAX_BATCH) {
      tellBatch();
    }
  }

  /// Without the store nobody knows who is concerned; the user's own connections are told.
  private static List<RoomName> onUnknownRooms(UserId user, Throwable failure) {
    LOG.atDebug()
        .addKeyValue("user", user)
        .addKeyValue("error", failure.getMessage())
        .log("presence told to the user alone");
    return List.of();
  }
}
