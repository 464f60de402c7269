package dev.parley.protocol;

import java.time.Instant;
import java.util.List;

/// How a node's machine and process stand. Sizes in bytes, rates in bytes a second, percentages
/// 0–100.
public record SystemSample(
    Cpu cpu,
    Memory memory,
    Disk disk,
    Network network,
    ServerProcess process,
    NodeId node,
    Instant at) {
  /// @param perCore percent of each core
  /// @param loadAverage of 1, 5 and 15 minutes; empty where the system knows none
  public record Cpu(double percent, int cores, List<Double> perCore, List<Double> loadAverage) {
    public Cpu {
      perCore = List.copyOf(perCore);
      loadAverage = List.copyOf(loadAverage);
    }
  }

  public record Memory(long total, long used, long available, double percent) {}

  public record Disk(long total, long used, long free, double percent) {}

  public record Network(long bytesSent, long bytesReceived, double sendRate, double receiveRate) {}

  public record ServerProcess(long heapUsed, long connections, long uptimeSeconds) {}
}
