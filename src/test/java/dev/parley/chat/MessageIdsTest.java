package dev.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class MessageIdsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

  @Test
  void anIdIsAUuidThatBeginsWithTheTime() {
    UUID id = UUID.fromString(new MessageIds(InstantSource.fixed(NOW)).next());

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
  }

  @Test
  void idsOfOneMomentDiffer() {
    MessageIds one = new MessageIds(InstantSource.fixed(NOW));
    MessageIds other = new MessageIds(InstantSource.fixed(NOW));
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 50_000; i++) {
      assertThat(ids.add(one.next()) && ids.add(other.next())).isTrue();
    }
  }
}
