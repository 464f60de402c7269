package dev.parley.metrics;

import dev.parley.metrics.Reading.Ticks;
import dev.parley.protocol.SystemSample.Memory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.NetworkIF;
import oshi.nativefree.SystemInfo;
import oshi.util.GlobalConfig;

/// What the kernel of Linux tells, read by OSHI without native code. Opened by the first reading.
final class LinuxMachine implements Machine {
  /// How long OSHI answers again what it read: less than two readings are ever apart.
  private static final int CACHED_MILLIS = 50;

  private static final int LOAD_AVERAGES = 3;

  private final Path directory;
  private final Opened opened = new Opened();

  LinuxMachine(Path directory) {
    this.directory = directory;
  }

  static boolean isHere() {
    return new SystemInfo().isAvailable();
  }

  @Override
  public Reading read() {
    HardwareAbstractionLayer hardware = opened.get();
    CentralProcessor processor = hardware.getProcessor();
    List<NetworkIF> networks = hardware.getNetworkIFs();
    return new Reading(
        System.nanoTime(),
        Arrays.stream(processor.getProcessorCpuLoadTicks()).map(LinuxMachine::ticks).toList(),
        OptionalDouble.empty(),
        processor.getLogicalProcessorCount(),
        loadAverage(processor),
        memory(hardware.getMemory()),
        Disks.of(directory),
        networks.stream().mapToLong(NetworkIF::getBytesSent).sum(),
        networks.stream().mapToLong(NetworkIF::getBytesRecv).sum());
  }

  /// Waiting for a disk is no work.
  private static Ticks ticks(long[] core) {
    long total = Arrays.stream(core).sum();
    long idle = core[TickType.IDLE.getIndex()] + core[TickType.IOWAIT.getIndex()];
    return new Ticks(total - idle, total);
  }

  private static List<Double> loadAverage(CentralProcessor processor) {
    List<Double> known = new ArrayList<>(LOAD_AVERAGES);
    for (double average : processor.getSystemLoadAverage(LOAD_AVERAGES)) {
      if (average >= 0) {
        known.add(average);
      }
    }
    return known;
  }

  private static Memory memory(GlobalMemory memory) {
    long total = memory.getTotal();
    long available = Math.min(total, memory.getAvailable());
    return new Memory(
        total, total - available, available, Samples.percent(total - available, total));
  }

  /// Opening starts some programs (`getconf`) and takes up to a second.
  private static final class Opened {
    private final List<HardwareAbstractionLayer> hardware = new ArrayList<>(1);

    synchronized HardwareAbstractionLayer get() {
      if (hardware.isEmpty()) {
        GlobalConfig.set(GlobalConfig.OSHI_UTIL_MEMOIZER_EXPIRATION, CACHED_MILLIS);
        hardware.add(new SystemInfo().getHardware());
      }
      return hardware.getFirst();
    }
  }
}
