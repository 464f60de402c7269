package dev.parley.feed;

import dev.parley.protocol.Envelope;
import dev.parley.protocol.Position;
import dev.parley.protocol.RoomEvent.RoomStateChanged;
import dev.parley.protocol.RoomName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One session in one room's audience. Belongs to the session's loop.
///
/// ```
/// Catching --reaches the tail--> Live --leave, revocation, close--> Ended
/// ```
public final class Subscription {
  private enum State {
    CATCHING,
    LIVE,
    ENDED
  }

  private final Subscriber subscriber;
  private final RoomName room;
  private final Audience audience;
  private final boolean joined;
  private State state = State.CATCHING;
  private Position base;
  private Position position;
  private @Nullable Envelope missedState;
  private long taken;

  /// Where the audience keeps it; the audience's business.
  int index = -1;

  Subscription(
      Subscriber subscriber, RoomName room, Audience audience, boolean joined, Position position) {
    this.subscriber = subscriber;
    this.room = room;
    this.audience = audience;
    this.joined = joined;
    this.base = position;
    this.position = position;
  }

  public boolean hasEnded() {
    return state == State.ENDED;
  }

  public RoomName room() {
    return room;
  }

  /// Whether the connection joined the room, and does not only belong to a participant.
  public boolean isJoined() {
    return joined;
  }

  Subscriber subscriber() {
    return subscriber;
  }

  Audience audience() {
    return audience;
  }

  /// The last durable event that was written, or what it begins after.
  Position position() {
    return position;
  }

  /// Where what is written here begins: after this.
  public Position base() {
    return base;
  }

  /// Begins, or begins anew.
  ///
  /// @param base the subscriber has, or need not have, what is up to here
  /// @param position what is written comes after it
  void begin(Position base, Position position) {
    this.base = base;
    this.position = position;
    this.taken = position.seq();
  }

  /// How far it was written, if that is further than at the last call.
  public Optional<Position> takeWritten() {
    if (position.seq() <= taken) {
      return Optional.empty();
    }
    taken = position.seq();
    return Optional.of(position);
  }

  void advance(Position reached) {
    position = reached;
  }

  void goLive() {
    if (state == State.CATCHING) {
      state = State.LIVE;
      Envelope missed = missedState;
      if (missed != null) {
        missedState = null;
        subscriber.replay(missed);
      }
    }
  }

  /// An event came too early for it. Of whole states the newest is kept, until it is live.
  void miss(Envelope envelope) {
    if (state == State.CATCHING && envelope.event() instanceof RoomStateChanged) {
      missedState = envelope;
    }
  }

  void end() {
    state = State.ENDED;
  }

  boolean isCatching() {
    return state == State.CATCHING;
  }

  boolean isLive() {
    return state == State.LIVE;
  }

  /// Whether a live event is for it: a catch-up may have been ahead of the audience.
  ///
  /// @param place of a durable one
  boolean wants(Optional<Position> place) {
    return state == State.LIVE && (place.isEmpty() || place.get().seq() > position.seq());
  }
}
