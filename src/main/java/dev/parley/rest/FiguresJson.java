package dev.parley.rest;

import dev.parley.protocol.json.JsonWriter;
import dev.parley.rest.Figures.Latency;
import dev.parley.rest.Figures.OfNode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;

/// The JSON of figures. What is not counted is null.
final class FiguresJson {
  private FiguresJson() {}

  static void number(JsonWriter out, String name, OptionalDouble value) {
    if (value.isPresent()) {
      out.number(name, round(value.getAsDouble()));
    } else {
      out.value(name, null);
    }
  }

  static void number(JsonWriter out, String name, OptionalLong value) {
    out.value(name, value.isPresent() ? (Object) value.getAsLong() : null);
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
    out.object("connections_per_user");
    number(out, "max", figures.maxConnectionsPerUser());
    out.number("mean", round(figures.meanConnectionsPerUser())).end();
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
          out.object(name).number("connections", node.connections());
          number(out, "authenticated_connections", node.authenticatedConnections());
          number(out, "messages_sent", node.messagesSent());
          number(out, "messages_received", node.messagesReceived());
          out.value("uptime_seconds", node.uptime().map(Duration::toSeconds).orElse(null)).end();
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
