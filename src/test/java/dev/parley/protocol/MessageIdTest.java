package dev.parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageIdTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final RoomName ROOM = new RoomName("lobby");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 1_000, (1 << 28) - 1, 1 << 28, (1L << 40) - 1})
  void anIdSaysWhereItsMessageStands(long seq) {
    MessageId id = MessageId.of(ROOM, seq, AT);
    assertThat(MessageId.parse(id.toString())).contains(id);
    assertThat(id.seq()).isEqualTo(seq);
    assertThat(id.millis()).isEqualTo(AT.toEpochMilli());
    assertThat(id.isIn(ROOM)).isTrue();
    assertThat(id.isIn(new RoomName("lobby2"))).isFalse();
  }

  @Test
  void anIdIsAUuidThatBeginsWithTheTime() {
    UUID uuid = UUID.fromString(MessageId.of(ROOM, 7, AT).toString());
    assertThat(uuid.version()).isEqualTo(7);
    assertThat(uuid.variant()).isEqualTo(2);
    assertThat(uuid.getMostSignificantBits() >>> 16).isEqualTo(AT.toEpochMilli());
  }

  /// What other versions must read again: an id never changes.
  @Test
  void anIdStaysWhatItIs() {
    assertThat(MessageId.of(ROOM, 42, AT)).hasToString("019b7ca9-8f2e-7000-8000-00ab5f7ca25d");
  }

  @Test
  void idsSortByTimeThenPlace() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      long seq = random.nextLong(1, 1L << 40);
      Instant at = AT.plusMillis(random.nextInt(100_000));
      String id = MessageId.of(ROOM, seq, at).toString();
      assertThat(id).isLessThan(MessageId.of(ROOM, 1, at.plusMillis(1)).toString());
      if (seq > 1) {
        assertThat(id).isGreaterThan(MessageId.of(ROOM, seq - 1, at).toString());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7",
        "m1",
        "019b7cbe-f64e-4000-8000-00aa63fea8ce",
        "019b7cbe-f64e-8000-8000-00aa63fea8ce",
        "019B7CBE-F64E-7000-8000-00AA63FEA8CE",
        "019b7cbe-f64e-7000-c000-00aa63fea8ce",
        "1-1-7000-8000-1",
        "019b7cbe-f64e-7000-8000-00aa63fea8ce "
      })
  void othersIdsAreNone(String text) {
    assertThat(MessageId.parse(text)).isEmpty();
    assertThat(new MessageRef.ById(text).seqIn(ROOM)).isEmpty();
  }

  @Test
  void anIdOfAnotherRoomNamesNothingHere() {
    String id = MessageId.of(new RoomName("other"), 3, AT).toString();
    assertThat(new MessageRef.ById(id).seqIn(ROOM)).isEmpty();
    assertThat(new MessageRef.ById(id).admits(Optional.empty())).isFalse();
  }
}
