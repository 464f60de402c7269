package dev.parley.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.StreamId;
import dev.parley.protocol.UserId;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NoticeIdTest {
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00.123456Z");
  private static final StreamId ANN = StreamId.of(new UserId("ann"));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 1_000, 1 << 20, (1L << 32) - 1})
  void anIdSaysWhereItsNotificationStands(long seq) {
    NoticeId id = NoticeId.of(ANN, seq, AT);
    NoticeId read = NoticeId.parse(id.toString()).orElseThrow();
    assertThat(read).isEqualTo(id);
    assertThat(read.seq()).isEqualTo(seq);
    assertThat(read.at()).isEqualTo(AT);
    assertThat(read.isOf(ANN)).isTrue();
    assertThat(read.isOf(StreamId.of(new UserId("bob")))).isFalse();
    assertThat(read.isOf(StreamId.NOTICES_FOR_ALL)).isFalse();
  }

  @Test
  void anIdIsAUuid() {
    UUID uuid = UUID.fromString(NoticeId.of(ANN, 7, AT).toString());
    assertThat(uuid.version()).isEqualTo(8);
    assertThat(uuid.variant()).isEqualTo(2);
  }

  @Test
  void idsSortAsTheyWereMade() {
    String first = NoticeId.of(ANN, 9, AT).toString();
    String second = NoticeId.of(StreamId.NOTICES_FOR_ALL, 1, AT.plusNanos(1_000)).toString();
    String third = NoticeId.of(ANN, 10, AT.plusMillis(1)).toString();
    assertThat(first).isLessThan(second);
    assertThat(second).isLessThan(third);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "notif_123",
        "0195510c-0b2b-7000-8000-000000000000",
        "0195510C-0B2B-8000-8000-00000000000F",
        "0195510c-0b2b-83e8-8000-000000000000",
        "1-1-8000-8000-1"
      })
  void othersIdsAreNone(String text) {
    assertThat(NoticeId.parse(text)).isEmpty();
  }
}
