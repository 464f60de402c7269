package dev.parley.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Envelope;
import dev.parley.protocol.Event;
import dev.parley.protocol.Position;
import dev.parley.protocol.RoomEvent.RoomStateChanged;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.RoomState;
import dev.parley.protocol.SessionEvent.Draining;
import dev.parley.protocol.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SubscriptionTest {
  private static final RoomName LOBBY = new RoomName("lobby");

  private final List<Event> written = new ArrayList<>();
  private final Subscription subscription =
      new Subscription(new Recording(), LOBBY, new Audience(LOBBY), true, Position.START);

  @Test
  void ofStatesThatCameTooEarlyTheNewestFollows() {
    subscription.miss(live(state(1)));
    subscription.miss(live(state(2)));
    subscription.miss(live(new Draining(Instant.EPOCH)));
    assertThat(written).isEmpty();
    subscription.goLive();
    assertThat(written).containsExactly(state(2));
    subscription.goLive();
    assertThat(written).hasSize(1);
  }

  @Test
  void whoLeftGetsNone() {
    subscription.miss(live(state(1)));
    subscription.end();
    subscription.goLive();
    assertThat(written).isEmpty();
  }

  private static RoomStateChanged state(long revision) {
    return new RoomStateChanged(new RoomState(LOBBY, List.of(), 0, revision));
  }

  private static Envelope live(Event event) {
    return Envelope.ephemeral(event, Topic.of(LOBBY));
  }

  private final class Recording extends FakeSubscriber {
    Recording() {
      super("ann-1", "ann");
    }

    @Override
    public void deliver(Delivery delivery) {
      throw new AssertionError("not live");
    }

    @Override
    public void replay(Envelope envelope) {
      written.add(envelope.event());
    }

    @Override
    public boolean isDrained() {
      return true;
    }

    @Override
    public void whenDrained(Runnable next) {
      next.run();
    }

    @Override
    public void onCatchUpFailed() {
      throw new AssertionError("no catch-up");
    }
  }
}
