package dev.parley.feed;

import dev.parley.protocol.Envelope;
import dev.parley.protocol.Position;
import dev.parley.protocol.RoomEvent.RoomStateChanged;
import dev.parley.protocol.RoomName;
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
  private Position position;
  private @Nullable Envelope missedState;

  /// Where the audience keeps it; the audience's business.
  int index = -1;

  Subscription(
      Subscriber subscriber, RoomName room, Audience audience, boolean joined, Position position) {
    this.subscriber = subscriber;
    this.room = room;
    this.audience = audience;
    this.joined = joined;
    this.position = position;
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

  /// The last event that a catch-up wrote; of no meaning once live events are written.
  Position position() {
    return position;
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

  /// Whether a durable event of this number is new to it: a catch-up may have been ahead of the
  /// audience.
  boolean isNew(long seq) {
    return seq > position.seq();
  }
}
