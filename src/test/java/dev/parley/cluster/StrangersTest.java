package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

final class StrangersTest {
  private final Strangers strangers = new Strangers();

  @Test
  void whoIsNoMemberTwiceIsGone() {
    assertThat(strangers.look(Set.of("a", "b"), Set.of("a"))).isEmpty();
    assertThat(strangers.look(Set.of("a", "b", "c"), Set.of("a"))).containsExactly("b");
  }

  @Test
  void whoBecomesAMemberInTimeIsNot() {
    assertThat(strangers.look(Set.of("b"), Set.of("a"))).isEmpty();
    assertThat(strangers.look(Set.of("b"), Set.of("a", "b"))).isEmpty();
    assertThat(strangers.look(Set.of("b"), Set.of("a"))).as("doubted anew").isEmpty();
  }
}
