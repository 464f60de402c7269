package dev.parley.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.ChatEvent.ChatPosted;
import dev.parley.protocol.ChatEvent.ChatTyping;
import dev.parley.protocol.ChatMessage;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.EventJson;
import dev.parley.protocol.PlainMessage;
import dev.parley.protocol.Position;
import dev.parley.protocol.RoomEvent.RoomReset;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Stamp;
import dev.parley.protocol.Topic;
import dev.parley.protocol.UserId;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;

final class EnvelopeLetterTest {
  private static final RoomName ROOM = new RoomName("lobby");

  private static final RecursiveComparisonConfiguration WITHOUT_PAYLOAD =
      RecursiveComparisonConfiguration.builder().withIgnoredFields("payload").build();

  private static final ChatTyping TYPING =
      new ChatTyping(ROOM, new UserId("ann"), "Ann", true, Optional.empty());

  @Test
  void whatIsWrittenIsReadAgainInOrder() {
    List<Envelope> sent =
        List.of(
            Envelope.ephemeral(TYPING, Topic.of(ROOM)).except(new ConnectionId("n-1")),
            Envelope.ephemeral(TYPING, List.of(Topic.of(new UserId("bob")), Topic.EVERYONE)),
            Envelope.durable(
                new RoomReset(ROOM, new Position("e", 3)),
                Topic.of(ROOM),
                new Stamp(new Position("e2", 4), "e", 2)));
    Buffer letter = Buffer.buffer();
    sent.forEach(envelope -> letter.appendBytes(EnvelopeLetter.encode(envelope)));

    assertThat(read(letter)).usingRecursiveComparison(WITHOUT_PAYLOAD).isEqualTo(sent);
  }

  @Test
  void aDurableEventTravelsAsTheLogKeepsIt() {
    Stamp stamp = new Stamp(new Position("e", 7), "e", 3);
    ChatMessage message =
        PlainMessage.of(ROOM, "", new UserId("ann"), "Ann", "hello", Instant.EPOCH);
    ChatPosted posted = new ChatPosted(message.placedAt(7));
    byte[] kept = EventJson.encode(new ChatPosted(message));

    Envelope read =
        read(Buffer.buffer(
                EnvelopeLetter.encode(Envelope.durable(posted, Topic.of(ROOM), stamp, kept))))
            .getFirst();

    assertThat(read.event()).isEqualTo(posted);
    assertThat(read.payload()).hasValueSatisfying(payload -> assertThat(payload).isEqualTo(kept));
  }

  @Test
  void fieldsOfNewerNodesAreIgnored() {
    Envelope envelope =
        Envelope.durable(
            new RoomReset(ROOM, new Position("e", 3)),
            Topic.of(ROOM),
            new Stamp(new Position("e2", 4), "e", 2));
    Buffer fields = fieldsOf(envelope);
    Buffer stamp = Buffer.buffer().appendLong(4).appendLong(2).appendInt(2).appendString("e2");
    stamp.appendInt(1).appendString("e").appendString("and what is said later");

    Buffer letter =
        envelope(
            Buffer.buffer()
                .appendBuffer(field(77, "later"))
                .appendBuffer(fields)
                .appendBuffer(field(4, stamp))
                .appendBuffer(field(-1, "")));

    assertThat(read(letter)).usingRecursiveComparison(WITHOUT_PAYLOAD).isEqualTo(List.of(envelope));
  }

  @Test
  void eventsOfNewerNodesArePassedOver() {
    Buffer letter =
        Buffer.buffer()
            .appendBytes(EnvelopeLetter.encode(Envelope.ephemeral(TYPING, Topic.of(ROOM))))
            .appendBuffer(
                envelope(field(3, "").appendBuffer(field(6, "{\"type\":\"of tomorrow\"}"))))
            .appendBuffer(envelope(field(3, "")))
            .appendBytes(EnvelopeLetter.encode(Envelope.ephemeral(TYPING, Topic.EVERYONE)));

    assertThat(read(letter))
        .containsExactly(
            Envelope.ephemeral(TYPING, Topic.of(ROOM)), Envelope.ephemeral(TYPING, Topic.EVERYONE));
  }

  @Test
  void aLetterThatIsCutOffIsRefusedAfterWhatIsWhole() {
    byte[] whole = EnvelopeLetter.encode(Envelope.ephemeral(TYPING, Topic.EVERYONE));
    List<Envelope> read = new ArrayList<>();
    Buffer letter = Buffer.buffer().appendBytes(whole).appendBytes(whole, 0, whole.length - 1);

    assertThatThrownBy(() -> EnvelopeLetter.decode(letter, read::add))
        .isInstanceOf(RuntimeException.class);
    assertThat(read).hasSize(1);
  }

  @Test
  void bitsAreTheSameOnEveryNodeAndInEveryVersion() {
    assertThat(TopicBits.of(Topic.EVERYONE)).isEqualTo(-1);
    int room = TopicBits.of(Topic.of(ROOM));
    assertThat(room).isBetween(0, TopicBits.BITS - 1);
    assertThat(TopicBits.of(Topic.of(new UserId("lobby")))).isNotEqualTo(room);
    long[] chunk = TopicBits.emptyChunk();
    TopicBits.set(chunk, room, true);

    long[] read = TopicBits.decode(TopicBits.encode(chunk));
    assertThat(read).isEqualTo(chunk);
    assertThat(TopicBits.isSet(read, room)).isTrue();
    assertThat(TopicBits.isSet(read, room + 1)).isFalse();
    TopicBits.set(read, room, false);
    assertThat(TopicBits.isEmpty(read)).isTrue();
  }

  private static List<Envelope> read(Buffer letter) {
    List<Envelope> read = new ArrayList<>();
    EnvelopeLetter.decode(letter, read::add);
    return read;
  }

  private static Buffer fieldsOf(Envelope envelope) {
    Buffer whole = Buffer.buffer(EnvelopeLetter.encode(envelope));
    return whole.getBuffer(Integer.BYTES, whole.length());
  }

  private static Buffer envelope(Buffer fields) {
    return Buffer.buffer().appendInt(fields.length()).appendBuffer(fields);
  }

  private static Buffer field(int tag, String value) {
    return field(tag, Buffer.buffer(value));
  }

  private static Buffer field(int tag, Buffer value) {
    return Buffer.buffer().appendByte((byte) tag).appendInt(value.length()).appendBuffer(value);
  }
}
