package dev.parley.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ProcessSampleTest {
  @Test
  void readsTimeAndMemoryWhateverTheProcessIsCalled() {
    String stat = "42 (a (b) c) S 1 42 42 0 -1 4194560 100 0 0 0 250 75 0 0 20 0 1 0 9 1 1 1";
    String status = "Name:\ta\nVmHWM:\t  900 kB\nVmRSS:\t  512 kB\nThreads:\t1\n";
    assertThat(ProcessSample.parse(stat, List.of(), status))
        .isEqualTo(new ProcessSample(3.25, 0, 512 * 1024));
  }

  @Test
  void tellsWhatWasCompilingFromTheRest() {
    List<String> threads =
        List.of(
            "43 (C2 CompilerThre) S 1 42 42 0 -1 4194560 100 0 0 0 40 10 0 0 20 0 1 0 9 1 1 1",
            "44 (C1 CompilerThre) S 1 42 42 0 -1 4194560 100 0 0 0 20 5 0 0 20 0 1 0 9 1 1 1",
            "45 (C2 of another k) S 1 42 42 0 -1 4194560 100 0 0 0 900 0 0 0 20 0 1 0 9 1 1 1",
            "");
    assertThat(ProcessSample.parse(threads.getFirst(), threads, "").compilerSeconds())
        .isEqualTo(0.75);
  }

  @Test
  void readsThisProcess() {
    ProcessSample sample = ProcessSample.of(ProcessHandle.current().pid());
    assertThat(sample.cpuSeconds()).isPositive();
    assertThat(sample.rssBytes()).isGreaterThan(1 << 20);
  }

  @Test
  void aProcessThatIsNotThereIsSaid() {
    assertThatThrownBy(() -> ProcessSample.of(0))
        .isInstanceOf(NotMeasuredException.class)
        .hasMessageContaining("process 0");
  }
}
