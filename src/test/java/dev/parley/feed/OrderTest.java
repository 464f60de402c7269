package dev.parley.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Caller;
import dev.parley.protocol.ChatCommand.SendMessage;
import dev.parley.protocol.ChatEvent.ChatDeleted;
import dev.parley.protocol.ChatEvent.ChatPosted;
import dev.parley.protocol.ChatMessage;
import dev.parley.protocol.CustomMessage;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Event;
import dev.parley.protocol.Position;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Stamp;
import dev.parley.protocol.Topic;
import dev.parley.protocol.UserId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OrderTest {
  private final List<Long> passed = new ArrayList<>();

  @Test
  void passesWhatFollowsAtOnce() {
    Order order = new Order(new Position("a", 4));
    offer(order, event(5, "a", "a"));
    offer(order, event(6, "a", "a"));
    assertThat(passed).containsExactly(5L, 6L);
    assertThat(order.isBehind()).isFalse();
  }

  @Test
  void holdsWhatComesBeforeItsPredecessor() {
    Order order = new Order(new Position("a", 4));
    offer(order, event(6, "a", "a"));
    assertThat(passed).isEmpty();
    assertThat(order.isBehind()).isTrue();
    offer(order, event(5, "a", "a"));
    assertThat(passed).containsExactly(5L, 6L);
    assertThat(order.isBehind()).isFalse();
  }

  @Test
  void passesNothingTwice() {
    Order order = new Order(new Position("a", 4));
    offer(order, event(5, "a", "a"));
    offer(order, event(5, "a", "a"));
    offer(order, event(4, "a", "a"));
    assertThat(passed).containsExactly(5L);
  }

  @Test
  void acceptsANewStretchThatContinuesThisOne() {
    Order order = new Order(new Position("a", 4));
    offer(order, event(5, "b", "a"));
    offer(order, event(6, "b", "b"));
    assertThat(passed).containsExactly(5L, 6L);
    assertThat(order.position()).isEqualTo(new Position("b", 6));
  }

  @Test
  void holdsAnEventOfAnotherHistory() {
    Order order = new Order(new Position("a", 4));
    offer(order, event(5, "c", "b"));
    assertThat(passed).isEmpty();
    assertThat(order.isBehind()).isTrue();
  }

  @Test
  void isBehindWhatItHeardOfUntilTheStoreHasNothing() {
    Order order = new Order(new Position("a", 4));
    order.hearOf(7);
    assertThat(order.isBehind()).isTrue();
    order.settle();
    assertThat(order.isBehind()).isFalse();
  }

  @Test
  void whatADeletionTakesBackIsLeftToTheStore() {
    RoomName room = new RoomName("r");
    ChatMessage message =
        new SendMessage(
                room,
                "secret",
                "text",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                new JsonArray())
            .toMessage(Caller.of(new UserId("ann")), Instant.EPOCH)
            .placedAt(6);
    ChatDeleted deletion =
        new ChatDeleted(room, message.messageId(), 6, new UserId("ann"), Instant.EPOCH);
    Order order = new Order(new Position("a", 4));
    offer(order, event(6, "a", "a", new ChatPosted(message)));
    order.takeBack(deletion);
    offer(order, event(7, "a", "a", deletion));
    offer(order, event(5, "a", "a"));
    assertThat(passed).containsExactly(5L);
    assertThat(order.isBehind()).isTrue();
    offer(order, event(6, "a", "a"));
    assertThat(passed).containsExactly(5L, 6L, 7L);
  }

  @Test
  void passesEachOnceInOrderWhateverOrderTheyComeIn() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      passed.clear();
      List<Envelope> events = new ArrayList<>();
      int count = 1 + random.nextInt(40);
      for (int i = 1; i <= count; i++) {
        events.add(event(i, "a", i == 1 ? "" : "a"));
        if (random.nextInt(3) == 0) {
          events.add(event(i, "a", i == 1 ? "" : "a"));
        }
      }
      Collections.shuffle(events, random);
      Order order = new Order(Position.START);
      events.forEach(event -> offer(order, event));
      assertThat(passed)
          .as("seed %d", seed)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, count).boxed().toList());
      assertThat(order.isBehind()).isFalse();
    }
  }

  private void offer(Order order, Envelope envelope) {
    order.offer(envelope, next -> passed.add(next.stamp().orElseThrow().seq()));
  }

  private static Envelope event(long seq, String epoch, String previousEpoch) {
    return event(seq, epoch, previousEpoch, new CustomMessage(new JsonObject()));
  }

  private static Envelope event(long seq, String epoch, String previousEpoch, Event event) {
    return Envelope.durable(
        event,
        Topic.of(new RoomName("r")),
        new Stamp(new Position(epoch, seq), previousEpoch, seq));
  }
}
