package dev.parley.metrics;

import dev.parley.metrics.Reading.Ticks;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.SystemSample;
import dev.parley.protocol.SystemSample.Cpu;
import dev.parley.protocol.SystemSample.Network;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// Makes a sample of two readings. Percentages and rates have one decimal.
final class Samples {
  private static final Ticks NONE = new Ticks(0, 0);
  private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

  private Samples() {}

  /// How the machine stood at `now`, and what it did since `before`.
  static SystemSample between(
      Reading before, Reading now, SystemSample.ServerProcess process, NodeId node, Instant at) {
    return new SystemSample(
        cpu(before, now), now.memory(), now.disk(), network(before, now), process, node, at);
  }

  static double percent(long part, long whole) {
    return whole <= 0 ? 0 : rounded(100.0 * part / whole);
  }

  private static Cpu cpu(Reading before, Reading now) {
    List<Ticks> worked = worked(before.cores(), now.cores());
    Ticks together = worked.stream().reduce(NONE, Ticks::plus);
    double percent =
        worked.isEmpty()
            ? rounded(now.busy().orElse(0))
            : percent(together.busy(), together.total());
    return new Cpu(
        percent,
        now.coreCount(),
        worked.stream().map(core -> percent(core.busy(), core.total())).toList(),
        now.loadAverage());
  }

  /// A core that was not there before is measured since it is.
  private static List<Ticks> worked(List<Ticks> before, List<Ticks> now) {
    return IntStream.range(0, now.size())
        .mapToObj(core -> now.get(core).since(core < before.size() ? before.get(core) : NONE))
        .toList();
  }

  private static Network network(Reading before, Reading now) {
    double seconds = (now.nanos() - before.nanos()) / NANOS_PER_SECOND;
    return new Network(
        now.bytesSent(),
        now.bytesReceived(),
        rate(before.bytesSent(), now.bytesSent(), seconds),
        rate(before.bytesReceived(), now.bytesReceived(), seconds));
  }

  /// A counter that fell started anew, or a network went.
  private static double rate(long before, long now, double seconds) {
    return seconds <= 0 || now < before ? 0 : rounded((now - before) / seconds);
  }

  private static double rounded(double value) {
    return Math.rint(value * 10) / 10;
  }
}
