package dev.parley.metrics;

import com.sun.management.OperatingSystemMXBean;
import dev.parley.protocol.SystemSample.Memory;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/// What the JVM knows of its machine on any system: no single cores, no network.
final class PlainMachine implements Machine {
  private final Path directory;
  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  PlainMachine(Path directory) {
    this.directory = directory;
  }

  @Override
  public Reading read() {
    return new Reading(
        System.nanoTime(),
        List.of(),
        busy(),
        system.getAvailableProcessors(),
        loadAverage(),
        memory(),
        Disks.of(directory),
        0,
        0);
  }

  private OptionalDouble busy() {
    double load = system.getCpuLoad();
    return load >= 0 ? OptionalDouble.of(100 * load) : OptionalDouble.empty();
  }

  private List<Double> loadAverage() {
    double lastMinute = system.getSystemLoadAverage();
    return lastMinute >= 0 ? List.of(lastMinute) : List.of();
  }

  private Memory memory() {
    long total = system.getTotalMemorySize();
    long free = Math.min(total, system.getFreeMemorySize());
    return new Memory(total, total - free, free, Samples.percent(total - free, total));
  }
}
