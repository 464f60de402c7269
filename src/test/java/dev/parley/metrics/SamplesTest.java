package dev.parley.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.metrics.Reading.Ticks;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.SystemSample;
import dev.parley.protocol.SystemSample.Cpu;
import dev.parley.protocol.SystemSample.Network;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class SamplesTest {
  private static final long SECOND = 1_000_000_000;
  private static final Instant AT = Instant.parse("2025-01-31T09:08:07.060Z");
  private static final SystemSample.ServerProcess PROCESS = new SystemSample.ServerProcess(1, 2, 3);

  @Test
  void tellsWhatTheMachineDidBetweenTwoReadings() {
    Reading before = Readings.at(0, new Ticks(100, 1_000), new Ticks(0, 1_000), 5_000, 100);
    Reading now = Readings.at(2 * SECOND, new Ticks(200, 1_200), new Ticks(1, 1_200), 6_000, 101);

    SystemSample sample = sample(before, now);

    assertThat(sample.cpu())
        .isEqualTo(new Cpu(25.2, 2, List.of(50.0, 0.5), List.of(0.5, 0.25, 0.1)));
    assertThat(sample.network()).isEqualTo(new Network(6_000, 101, 500, 0.5));
    assertThat(sample.memory()).isEqualTo(now.memory());
    assertThat(sample.disk()).isEqualTo(now.disk());
    assertThat(sample.process()).isEqualTo(PROCESS);
    assertThat(sample.node()).isEqualTo(new NodeId("n1"));
    assertThat(sample.at()).isEqualTo(AT);
  }

  @Test
  void countersThatStartedAnewTellNothingNegative() {
    Reading before = Readings.at(0, new Ticks(100, 1_000), new Ticks(0, 1_000), 5_000, 9_000);
    Reading now = Readings.at(SECOND, new Ticks(10, 20), new Ticks(0, 20), 0, 8_999);

    SystemSample sample = sample(before, now);

    assertThat(sample.cpu().percent()).isZero();
    assertThat(sample.network()).isEqualTo(new Network(0, 8_999, 0, 0));
  }

  @Test
  void twoReadingsOfOneMomentTellNoRates() {
    Reading one = Readings.at(0, new Ticks(100, 1_000), new Ticks(0, 1_000), 5_000, 100);

    SystemSample sample = sample(one, one);

    assertThat(sample.cpu().percent()).isZero();
    assertThat(sample.network().sendRate()).isZero();
  }

  @Test
  void withoutTicksItIsWhatTheSystemSays() {
    Reading plain =
        new Reading(
            0,
            List.of(),
            OptionalDouble.of(12.345),
            8,
            List.of(),
            Readings.any().memory(),
            Readings.any().disk(),
            0,
            0);

    assertThat(sample(plain, plain).cpu()).isEqualTo(new Cpu(12.3, 8, List.of(), List.of()));
  }

  @Test
  void aCoreThatCameIsMeasuredSinceItIsThere() {
    Reading all = Readings.at(0, new Ticks(0, 100), new Ticks(100, 200), 0, 0);
    Reading before =
        new Reading(
            0,
            List.of(new Ticks(0, 0)),
            OptionalDouble.empty(),
            1,
            List.of(),
            all.memory(),
            all.disk(),
            0,
            0);

    assertThat(sample(before, all).cpu().perCore()).containsExactly(0.0, 50.0);
  }

  private static SystemSample sample(Reading before, Reading now) {
    return Samples.between(before, now, PROCESS, new NodeId("n1"), AT);
  }
}
