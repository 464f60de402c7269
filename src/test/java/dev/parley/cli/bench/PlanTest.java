package dev.parley.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.cli.bench.Plan.Protocol;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PlanTest {
  @Test
  void everyDefaultIsAsTheHelpSays() {
    Plan plan = plan("fanout");
    assertThat(plan)
        .isEqualTo(
            new Plan(
                new Scenario.FanOut(1, 1_000, 1, 4),
                new Plan.Target("127.0.0.1", List.of(8_000), false, List.of()),
                Protocol.NATIVE,
                new Plan.Timing(
                    Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofSeconds(60)),
                1,
                128,
                Optional.empty(),
                List.of(),
                false));
    assertThat(plan("many-rooms").scenario()).isEqualTo(new Scenario.FanOut(1_000, 1_000, 10, 1));
    assertThat(plan("echo").scenario()).isEqualTo(new Scenario.Echo(1_000));
    assertThat(plan("storm").scenario()).isEqualTo(new Scenario.Storm(5_000));
    assertThat(plan("idle").scenario()).isEqualTo(new Scenario.Idle(10_000));
    assertThat(plan("chat").scenario()).isEqualTo(new Scenario.Chat(100, 2, 5_000, false));
  }

  @Test
  void optionsAreTakenInBothForms() {
    Plan plan =
        plan(
            "fanout",
            "--rooms=100",
            "--members",
            "50",
            "--json",
            "--pid=42",
            "--duration=2m",
            "--from=127.0.0.1,127.0.0.2",
            "--protocol=socketio");
    assertThat(plan.scenario()).isEqualTo(new Scenario.FanOut(100, 5_000, 1, 4));
    assertThat(plan.json()).isTrue();
    assertThat(plan.pids()).containsExactly(42L);
    assertThat(plan.timing().duration()).isEqualTo(Duration.ofMinutes(2));
    assertThat(plan.target().from()).containsExactly("127.0.0.1", "127.0.0.2");
    assertThat(plan.protocol()).isEqualTo(Protocol.SOCKETIO);
  }

  @Test
  void severalNodesAreMeasuredTogether() {
    Plan plan = plan("chat", "--until=delivered", "--port=8000,8001", "--pid=42,43");
    assertThat(plan.scenario()).isEqualTo(new Scenario.Chat(100, 2, 5_000, true));
    assertThat(plan.target().ports()).containsExactly(8_000, 8_001);
    assertThat(plan.pids()).containsExactly(42L, 43L);
    assertRefused("--port x: not a number", "echo", "--port=8000,x");
    assertRefused("--until read: not acknowledged or delivered", "chat", "--until=read");
    assertRefused("a room needs two members", "chat", "--until=delivered", "--members=1");
  }

  @Test
  void whatCannotBeObeyedIsRefusedByName() {
    assertRefused("no scenario given");
    assertRefused("no such scenario: fly", "fly");
    assertRefused("--rooms 0: not a number from 1 to 100000", "fanout", "--rooms", "0");
    assertRefused("--rooms many: not a number", "fanout", "--rooms=many");
    assertRefused("--rooms needs a value", "fanout", "--rooms");
    assertRefused("no such option here: --rooms", "echo", "--rooms", "3");
    assertRefused("not an option: 3", "echo", "3");
    assertRefused("--duration 1h: not a time", "echo", "--duration", "1h");
    assertRefused("--duration 0s: not a time", "echo", "--duration", "0s");
    assertRefused("at most 100000", "fanout", "--rooms", "1000", "--members", "1000");
    assertRefused("too few connections", "many-rooms", "--connections", "1", "--joined", "1");
    assertRefused("--protocol smtp", "echo", "--protocol", "smtp");
    assertRefused("chat needs --protocol native", "chat", "--protocol", "plain");
    assertRefused("--pid -1", "echo", "--pid", "-1");
  }

  private static Plan plan(String... words) {
    return Plan.parse(List.of(words));
  }

  private static void assertRefused(String message, String... words) {
    assertThatThrownBy(() -> plan(words))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message);
  }
}
