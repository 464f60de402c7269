package dev.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class LatestTest {
  private final Latest<String, Integer> latest = new Latest<>(3);

  @Test
  void theNewestValueOfAKeyWins() {
    latest.put("a", 1);
    latest.put("b", 2);
    latest.put("a", 3);

    assertThat(latest.take(9)).containsExactly(Map.entry("a", 3), Map.entry("b", 2));
    assertThat(latest.isEmpty()).isTrue();
  }

  @Test
  void theOldestKeyGivesWay() {
    for (int i = 0; i < 5; i++) {
      latest.put("k" + i, i);
    }

    assertThat(latest.size()).isEqualTo(3);
    assertThat(latest.take(1)).containsExactly(Map.entry("k2", 2));
    assertThat(latest.size()).isEqualTo(2);
  }

  @Test
  void whatIsPutBackDoesNotReplaceTheNewer() {
    latest.put("a", 2);
    latest.putBack("a", 1);
    latest.putBack("b", 1);

    assertThat(latest.take(9)).containsExactly(Map.entry("a", 2), Map.entry("b", 1));
  }
}
