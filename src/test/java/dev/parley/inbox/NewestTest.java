package dev.parley.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.CustomMessage;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Notification;
import dev.parley.protocol.Notification.Addressee;
import dev.parley.protocol.Notification.Level;
import dev.parley.protocol.Notification.Priority;
import dev.parley.protocol.NotificationEvent.NotificationCreated;
import dev.parley.protocol.Topic;
import dev.parley.protocol.UserId;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NewestTest {
  private static final UserId ANN = new UserId("ann");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void streamsAreMergedByTimeOldestFirst() {
    assertThat(
            texts(
                Newest.of(
                    List.of(List.of(at(1, "a1"), at(4, "a4")), List.of(at(2, "b2"), at(3, "b3"))),
                    10,
                    10_000)))
        .containsExactly("a1", "b2", "b3", "a4");
  }

  @Test
  void ofOneStreamTheOrderIsItsOwnWhateverTheClocksSaid() {
    assertThat(
            texts(
                Newest.of(
                    List.of(List.of(at(5, "a5"), at(2, "a2")), List.of(at(3, "b3"))), 10, 10_000)))
        .containsExactly("a5", "a2", "b3");
  }

  @Test
  void theNewestRemain() {
    assertThat(
            texts(
                Newest.of(
                    List.of(List.of(at(1, "a1"), at(4, "a4")), List.of(at(2, "b2"))), 2, 10_000)))
        .containsExactly("b2", "a4");
  }

  @Test
  void theNewestThatFitRemainAndOneAlwaysDoes() {
    List<List<Waiting>> streams = List.of(List.of(at(1, "a1"), at(2, "a2"), at(3, "a3")));
    assertThat(texts(Newest.of(streams, 10, 20))).containsExactly("a2", "a3");
    assertThat(texts(Newest.of(streams, 10, 5))).containsExactly("a3");
    assertThat(Newest.of(List.of(), 10, 5)).isEmpty();
  }

  @Test
  void urgentAndHighNotificationsGoFirst() {
    List<Waiting> waiting =
        List.of(
            at(1, "first"),
            notification(2, Priority.HIGH),
            notification(3, Priority.NORMAL),
            notification(4, Priority.URGENT));
    assertThat(texts(Newest.urgentFirst(waiting)))
        .containsExactly("HIGH", "URGENT", "first", "NORMAL");
  }

  private static Waiting at(int second, String text) {
    return waiting(second, new CustomMessage(new JsonObject().put("text", text)));
  }

  private static Waiting notification(int second, Priority priority) {
    return waiting(
        second,
        new NotificationCreated(
            new Notification(
                "n",
                new Addressee.ToUser(ANN),
                priority.name(),
                "",
                "system",
                Optional.empty(),
                priority,
                Level.INFO,
                new JsonObject(),
                NOON)));
  }

  private static Waiting waiting(int second, dev.parley.protocol.Event event) {
    return new Waiting(Envelope.ephemeral(event, Topic.of(ANN)), NOON.plusSeconds(second), 10);
  }

  private static List<String> texts(List<Waiting> waiting) {
    return waiting.stream().map(NewestTest::text).toList();
  }

  private static String text(Waiting waiting) {
    return switch (waiting.envelope().event()) {
      case CustomMessage(var message) -> message.getString("text");
      case NotificationCreated(var notification) -> notification.title();
      default -> throw new AssertionError();
    };
  }
}
