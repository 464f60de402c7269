package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.observe.Health;
import dev.parley.protocol.NodeId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ClusterWatchTest {
  private static final NodeId ONE = new NodeId("one");
  private static final NodeId TWO = new NodeId("two");

  @Test
  void aNodeAloneIsHealthy() {
    assertThat(ClusterWatch.healthOf(Set.of(), List.of(), List.of()))
        .isEqualTo(new Health.Healthy("no other node"));
    assertThat(ClusterWatch.healthOf(Set.of(ONE, TWO), List.of(), List.of()))
        .isEqualTo(new Health.Healthy("2 other nodes"));
  }

  @Test
  void whatIsWrongIsSaidWithTheNamesInOrder() {
    assertThat(ClusterWatch.healthOf(Set.of(ONE, TWO), List.of(TWO, ONE), List.of()))
        .isEqualTo(
            new Health.Degraded(
                "not all is known of one, two; its members and users may be missing"));
    assertThat(ClusterWatch.healthOf(Set.of(ONE, TWO), List.of(TWO), List.of(ONE)))
        .isEqualTo(
            new Health.Degraded("too much waits for one; ephemeral events for it are dropped"));
  }
}
