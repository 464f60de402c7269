package dev.parley.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.ChatEvent.ChatDeleted;
import dev.parley.protocol.ChatEvent.ChatEdited;
import dev.parley.protocol.ChatEvent.ChatPosted;
import dev.parley.protocol.ChatMessage;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventJson;
import dev.parley.protocol.PlainMessage;
import dev.parley.protocol.Position;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Stamp;
import dev.parley.protocol.Topic;
import dev.parley.protocol.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TailTest {
  private static final RoomName ROOM = new RoomName("lobby");
  private static final UserId ANN = new UserId("ann");
  private static final int LENGTH = 4;

  private final Tail tail = new Tail(at(10), LENGTH);

  @Test
  void whatWasAddedIsThereAgain() {
    List<Envelope> added = List.of(posted(11), edited(12, 11), posted(13));
    added.forEach(tail::add);

    assertThat(after(10)).usingRecursiveComparison().isEqualTo(added);
    assertThat(after(12)).usingRecursiveComparison().isEqualTo(added.subList(2, 3));
    assertThat(after(13)).isEmpty();
    assertThat(tail.end()).isEqualTo(at(13));
  }

  @Test
  void anEventThatIsNotAtHandAsKeptIsEncoded() {
    Envelope kept = posted(11);
    tail.add(Envelope.durable(kept.event(), Topic.of(ROOM), kept.stamp().orElseThrow()));

    assertThat(after(10)).extracting(Envelope::event).containsExactly(kept.event());
  }

  @Test
  void itCoversWhatItKeepsAndWhereItStarts() {
    for (int seq = 11; seq <= 16; seq++) {
      tail.add(posted(seq));
    }

    assertThat(tail.covers(at(11))).isFalse();
    for (int seq = 12; seq <= 16; seq++) {
      assertThat(tail.covers(at(seq))).as("seq %d", seq).isTrue();
      assertThat(tail.covers(new Position("other", seq))).as("seq %d elsewhere", seq).isFalse();
    }
    assertThat(tail.covers(at(17))).isFalse();
    assertThat(after(12)).hasSize(LENGTH);
  }

  @Test
  void whatSaysWhatADeletedMessageSaidIsForgotten() {
    tail.add(posted(11));
    tail.add(edited(12, 11));
    tail.add(posted(13));
    tail.add(deleted(14, 11));

    assertThat(after(10))
        .extracting(each -> each.stamp().orElseThrow().seq())
        .containsExactly(13L, 14L);
    assertThat(tail.covers(at(11))).isFalse();
    assertThat(tail.covers(at(12))).isTrue();
  }

  @Test
  void aDeletionOfWhatIsNotHereForgetsNothing() {
    tail.add(posted(11));
    tail.add(deleted(12, 3));
    tail.add(deleted(13, 4));

    assertThat(after(10)).hasSize(3);
  }

  private List<Envelope> after(long seq) {
    List<Envelope> events = new ArrayList<>();
    tail.forEachAfter(seq, event -> events.add(Envelopes.of(ROOM, event.stamp(), event.payload())));
    return events;
  }

  private static Envelope posted(long seq) {
    ChatMessage message = PlainMessage.of(ROOM, "", ANN, "Ann", "message " + seq, Instant.EPOCH);
    return Envelope.durable(
        new ChatPosted(message.placedAt(seq)),
        Topic.of(ROOM),
        stamp(seq),
        EventJson.encode(new ChatPosted(message)));
  }

  private static Envelope edited(long seq, long message) {
    return durable(
        seq, new ChatEdited(ROOM, "m" + message, message, "better", ANN, "Ann", Instant.EPOCH));
  }

  private static Envelope deleted(long seq, long message) {
    return durable(seq, new ChatDeleted(ROOM, "m" + message, message, ANN, Instant.EPOCH));
  }

  private static Envelope durable(long seq, Event event) {
    return Envelope.durable(event, Topic.of(ROOM), stamp(seq), EventJson.encode(event));
  }

  private static Stamp stamp(long seq) {
    return new Stamp(at(seq), "e", seq);
  }

  private static Position at(long seq) {
    return new Position("e", seq);
  }
}
