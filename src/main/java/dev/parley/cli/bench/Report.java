package dev.parley.cli.bench;

import dev.parley.cli.bench.Stretch.Use;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/// What came out of a run.
///
/// @param connections that were ready
/// @param serverRssBefore the server's memory before the first connection
/// @param trouble what went wrong, if the run is not what was asked for
record Report(
    Plan plan,
    int connections,
    Tally.Count count,
    Stretch stretch,
    Optional<Long> serverRssBefore,
    Optional<String> trouble) {

  /// Above this share of its event loops' time the client may be what is measured.
  private static final double BUSY = 0.9;

  boolean isGood() {
    return trouble.isEmpty() && count.refused() == 0;
  }

  double perSecond() {
    return count.counted() / stretch.seconds();
  }

  JsonObject toJson() {
    JsonObject json =
        new JsonObject()
            .put("scenario", plan.scenario().title())
            .put("protocol", plan.protocol().name().toLowerCase(Locale.ROOT))
            .put("connections", connections)
            .put("unit", plan.scenario().unit())
            .put("count", count.counted())
            .put("seconds", round(stretch.seconds()))
            .put("per_second", Math.round(perSecond()))
            .put("sent", count.sent())
            .put("lost", count.lost())
            .put("refused", count.refused())
            .put("latency_us", latencyJson(count.latency()))
            .put("client_cpu_seconds", round(stretch.client().cpuSeconds()));
    stretch.server().ifPresent(server -> json.put("server", serverJson(server)));
    problem().ifPresent(text -> json.put("trouble", text));
    return json;
  }

  String toText() {
    StringBuilder text = new StringBuilder();
    line(text, "scenario", plan.scenario().title());
    line(text, "connections", "%,d".formatted(connections));
    line(
        text,
        plan.scenario().unit(),
        "%,d in %.2f s, %,.0f a second".formatted(count.counted(), stretch.seconds(), perSecond()));
    line(
        text,
        "sent",
        "%,d, lost %,d, refused %,d".formatted(count.sent(), count.lost(), count.refused()));
    if (count.latency().getTotalCount() > 0) {
      line(text, "latency", latencyText(count.latency()));
    }
    stretch.server().ifPresent(server -> line(text, "server", serverText(server)));
    line(text, "client", "%.2f CPU s%s".formatted(stretch.client().cpuSeconds(), busyText()));
    problem().ifPresent(why -> line(text, "trouble", why));
    return text.toString();
  }

  private Optional<String> problem() {
    return trouble.or(count::firstRefusal);
  }

  private JsonObject serverJson(Use server) {
    return new JsonObject()
        .put("cpu_seconds", round(server.cpuSeconds()))
        .put("compiler_seconds", round(server.compilerSeconds()))
        .put("per_cpu_second", Math.round(perSecondOf(server.cpuSeconds())))
        .put("rss_before", serverRssBefore.orElse(0L))
        .put("rss_after", server.rssBytes())
        .put("rss_per_connection", rssPerConnection(server));
  }

  private String serverText(Use server) {
    return ("%.2f CPU s, %.2f of them compiling; per CPU s %,.0f %s, without compiling %,.0f;"
            + " RSS %,d KiB, %,d B more for each connection")
        .formatted(
            server.cpuSeconds(),
            server.compilerSeconds(),
            perSecondOf(server.cpuSeconds()),
            plan.scenario().unit(),
            perSecondOf(server.cpuSeconds() - server.compilerSeconds()),
            server.rssBytes() >> 10,
            rssPerConnection(server));
  }

  /// Zero if the server used less than a tick.
  private double perSecondOf(double cpuSeconds) {
    return cpuSeconds > 0 ? count.counted() / cpuSeconds : 0;
  }

  private long rssPerConnection(Use server) {
    return (server.rssBytes() - serverRssBefore.orElse(0L)) / Math.max(1, connections);
  }

  private String busyText() {
    double share = stretch.client().cpuSeconds() / stretch.seconds() / plan.loops();
    return share > BUSY ? ": it was busy all the time, the server may be faster" : "";
  }

  private static JsonObject latencyJson(Histogram latency) {
    return new JsonObject()
        .put("p50", micros(latency, 50))
        .put("p90", micros(latency, 90))
        .put("p99", micros(latency, 99))
        .put("p999", micros(latency, 99.9))
        .put("max", micros(latency, 100));
  }

  private static String latencyText(Histogram latency) {
    return "ms: p50 %.2f, p90 %.2f, p99 %.2f, p99.9 %.2f, max %.2f"
        .formatted(
            micros(latency, 50) / 1e3,
            micros(latency, 90) / 1e3,
            micros(latency, 99) / 1e3,
            micros(latency, 99.9) / 1e3,
            micros(latency, 100) / 1e3);
  }

  private static long micros(Histogram latency, double percentile) {
    return latency.getValueAtPercentile(percentile) / 1_000;
  }

  private static double round(double seconds) {
    return Math.round(seconds * 1e3) / 1e3;
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("%-18s%s%n".formatted(name, value));
  }
}
