package dev.parley.rest;

import dev.parley.protocol.json.JsonWriter;
import dev.parley.rest.Figures.Latency;
import dev.parley.rest.Figures.OfNode;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;

/// The JSON of figures.
final class FiguresJson {
  private FiguresJson() {}

  static void rate(JsonWriter out, String name, double value) {
    out.number(name, round(value));
  }

  static void seconds(JsonWriter out, Duration uptime) {
    out.number("uptime_seconds", uptime.toSeconds());
  }

  static void counts(JsonWriter out, String name, SortedMap<String, Long> counts) {
    out.object(name);
    counts.forEach(out::number);
    out.end();
  }

  static void perUser(JsonWriter out, Figures figures) {
    out.object("connections_per_user")
        .number("max", figures.maxConnectionsPerUser())
        .number("mean", round(figures.meanConnectionsPerUser()))
        .end();
  }

  static void latencies(JsonWriter out, SortedMap<String, Latency> latencies) {
    out.object("latencies");
    latencies.forEach(
        (name, latency) -> {
          out.object(name)
              .number("count", latency.count())
              .number("mean_ms", millis(latency.mean()));
          percentile(out, "p50_ms", latency.p50());
          percentile(out, "p95_ms", latency.p95());
          percentile(out, "p99_ms", latency.p99());
          out.end();
        });
    out.end();
  }

  private static void percentile(JsonWriter out, String name, Optional<Duration> value) {
    if (value.isPresent()) {
      out.number(name, millis(value.get()));
    } else {
      out.value(name, null);
    }
  }

  static void nodes(JsonWriter out, SortedMap<String, OfNode> nodes) {
    out.object("nodes");
    nodes.forEach(
        (name, node) -> {
          out.object(name)
              .number("connections", node.connections())
              .number("authenticated_connections", node.authenticatedConnections())
              .number("messages_sent", node.messagesSent())
              .number("messages_received", node.messagesReceived());
          seconds(out, node.uptime());
          out.end();
        });
    out.end();
  }

  static void memory(JsonWriter out, Figures.Memory memory) {
    out.object("memory")
        .number("heap_used", memory.heapUsed())
        .number("heap_committed", memory.heapCommitted())
        .number("heap_max", memory.heapMax())
        .end();
  }

  private static double round(double value) {
    return Math.rint(value * 100) / 100;
  }

  private static double millis(Duration duration) {
    return Math.rint(duration.toNanos() / 1_000.0) / 1_000;
  }
}
