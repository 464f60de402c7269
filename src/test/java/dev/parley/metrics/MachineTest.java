package dev.parley.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.metrics.Reading.Ticks;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Two ways to look at the machine that the tests run on.
final class MachineTest {
  private static final Path HERE = Path.of("");

  @Test
  void thisMachineTellsOfItself() {
    Machine machine = Machine.here(HERE);
    Reading first = machine.read();
    Reading second = machine.read();

    assertPlausible(first);
    if (LinuxMachine.isHere()) {
      assertThat(first.cores()).hasSize(first.coreCount()).allMatch(core -> core.total() > 0);
      assertThat(total(second)).isGreaterThanOrEqualTo(total(first));
      assertThat(second.bytesReceived()).isGreaterThanOrEqualTo(first.bytesReceived());
    }
  }

  @Test
  void anyMachineTellsTheLeast() {
    Reading reading = new PlainMachine(HERE).read();

    assertPlausible(reading);
    assertThat(reading.cores()).isEmpty();
  }

  @Test
  void bothSeeTheSameDisk() {
    Path notYetThere = Path.of("target/not/yet/there");
    assertThat(Disks.of(notYetThere).total()).isEqualTo(Disks.of(Path.of("target")).total());
  }

  private static void assertPlausible(Reading reading) {
    assertThat(reading.coreCount()).isPositive();
    assertThat(reading.memory().total()).isGreaterThan(1L << 20);
    assertThat(reading.memory().used() + reading.memory().available())
        .isEqualTo(reading.memory().total());
    assertThat(reading.disk().used() + reading.disk().free()).isEqualTo(reading.disk().total());
    assertThat(reading.disk().percent()).isBetween(0.0, 100.0);
  }

  private static long total(Reading reading) {
    return reading.cores().stream().mapToLong(Ticks::total).sum();
  }
}
