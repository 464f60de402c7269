package dev.parley.cli.bench;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FanOutLoadTest {
  @Test
  void everyRoomHasItsMembers() {
    assertThat(membersOfEachRoom(new Scenario.FanOut(100, 5_000, 1, 4)))
        .hasSize(100)
        .containsOnly(50L);
    assertThat(membersOfEachRoom(new Scenario.FanOut(1_000, 1_000, 10, 1)))
        .hasSize(1_000)
        .containsOnly(10L);
  }

  @Test
  void noRoomIsEnteredTwice() {
    var load = new FanOutLoad(new Scenario.FanOut(3, 2, 10, 1), new PlainWire());
    assertThat(load.rooms(0)).containsExactlyInAnyOrder("b0", "b1", "b2");
  }

  private static java.util.Collection<Long> membersOfEachRoom(Scenario.FanOut plan) {
    var load = new FanOutLoad(plan, new PlainWire());
    return IntStream.range(0, plan.connections())
        .boxed()
        .flatMap(peer -> load.rooms(peer).stream())
        .collect(groupingBy(room -> room, counting()))
        .values();
  }
}
