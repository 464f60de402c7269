package dev.parley.observe;

import static dev.parley.observe.Metric.CLUSTER_NODES;
import static dev.parley.observe.Metric.CLUSTER_ROWS;
import static dev.parley.observe.Metric.CLUSTER_STALE;
import static dev.parley.observe.Metric.DUTY;
import static dev.parley.observe.Metric.LINK_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.observe.Meters.Dropped;
import dev.parley.observe.Meters.Outcome;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.SessionCommand;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What is counted is what Prometheus reads, under the names of [Metric].
final class MetersTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Meters meters = new Meters(registry);

  @Test
  void everyMeterHasTheNameAndTagOfItsMetric() {
    useAll();
    var expected = new TreeMap<String, List<String>>();
    for (Metric metric : Metric.values()) {
      expected.put(metric.id(), metric.tag().stream().toList());
    }
    var found = new TreeMap<String, List<String>>();
    for (Meter meter : registry.getMeters()) {
      found.put(
          meter.getId().getName(), meter.getId().getTags().stream().map(Tag::getKey).toList());
    }
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void everyMeterIsOfItsKind() {
    useAll();
    var types = new EnumMap<Metric, String>(Metric.class);
    for (Metric metric : Metric.values()) {
      types.put(metric, registry.get(metric.id()).meter().getId().getType().name());
    }
    types.forEach((metric, type) -> assertThat(type).as(metric.id()).isEqualTo(typeOf(metric)));
  }

  @Test
  void whatIsNoLongerShownIsGone() {
    Runnable hide = meters.show(LINK_BYTES, () -> 5, "node1");
    assertThat(registry.scrape()).contains("parley_link_bytes{node=\"node1\"} 5.0");
    hide.run();
    assertThat(registry.scrape()).doesNotContain("parley_link_bytes");
  }

  @Test
  void everyMeterSaysWhatItIs() {
    useAll();
    for (Meter meter : registry.getMeters()) {
      assertThat(meter.getId().getDescription()).as(meter.getId().getName()).isNotBlank();
    }
  }

  @Test
  void whatIsCountedIsScraped() {
    var connect = meters.dialect("connect");
    connect.opened();
    connect.opened();
    connect.closed();
    connect.began();
    connect.received(40);
    connect.sent(3, 120);
    connect.delivered(7);
    meters.error(ErrorCode.CONFLICT);
    meters.closed(CloseCode.SLOW_CONSUMER);
    meters.left();
    meters.dropped(Dropped.REPLACED, 5);
    meters.rateLimited("user");
    meters.authenticationFailed("expired");
    meters.caughtUp(Outcome.RECOVERED);
    meters.queue("store", () -> 17);
    assertThat(samples())
        .containsEntry("parley_connections{dialect=\"connect\"}", 1.0)
        .containsEntry("parley_sessions{dialect=\"connect\"}", 1.0)
        .containsEntry("parley_frames_in_total{dialect=\"connect\"}", 1.0)
        .containsEntry("parley_bytes_in_total{dialect=\"connect\"}", 40.0)
        .containsEntry("parley_frames_out_total{dialect=\"connect\"}", 3.0)
        .containsEntry("parley_bytes_out_total{dialect=\"connect\"}", 120.0)
        .containsEntry("parley_deliveries_total{dialect=\"connect\"}", 7.0)
        .containsEntry("parley_errors_total{code=\"CONFLICT\"}", 1.0)
        .containsEntry("parley_errors_total{code=\"INTERNAL_ERROR\"}", 0.0)
        .containsEntry("parley_closes_total{cause=\"slow_consumer\"}", 1.0)
        .containsEntry("parley_closes_total{cause=\"client\"}", 1.0)
        .containsEntry("parley_slow_consumers_total", 1.0)
        .containsEntry("parley_dropped_total{how=\"replaced\"}", 5.0)
        .containsEntry("parley_rate_limited_total{limit=\"user\"}", 1.0)
        .containsEntry("parley_auth_failures_total{cause=\"expired\"}", 1.0)
        .containsEntry("parley_catchups_total{outcome=\"recovered\"}", 1.0)
        .containsEntry("parley_queue{queue=\"store\"}", 17.0);
  }

  @Test
  void timesAndSizesAreHistograms() {
    meters.answered(new SessionCommand.Ping(), Duration.ofMillis(3).toNanos());
    meters.fannedOut(30);
    assertThat(samples())
        .containsEntry("parley_commands_seconds_count{command=\"ping\"}", 1.0)
        .containsEntry("parley_commands_seconds_sum{command=\"ping\"}", 0.003)
        .containsEntry("parley_commands_seconds_bucket{command=\"ping\",le=\"0.002\"}", 0.0)
        .containsEntry("parley_commands_seconds_bucket{command=\"ping\",le=\"0.005\"}", 1.0)
        .containsEntry("parley_fanout_bucket{le=\"20.0\"}", 0.0)
        .containsEntry("parley_fanout_bucket{le=\"50.0\"}", 1.0);
  }

  @Test
  void countsSurviveACollection() {
    meters.error(ErrorCode.NOT_FOUND);
    meters.dialect("native").received(1);
    System.gc();
    assertThat(samples())
        .containsEntry("parley_errors_total{code=\"NOT_FOUND\"}", 1.0)
        .containsEntry("parley_frames_in_total{dialect=\"native\"}", 1.0);
  }

  @Test
  void jvmIsMeasured() {
    try (var _ = new JvmMeters(registry)) {
      assertThat(registry.scrape())
          .contains("jvm_memory_used_bytes", "jvm_threads_live_threads", "process_cpu_usage")
          .contains("process_files_open_files", "process_uptime_seconds");
    }
  }

  @Test
  void everyEventLoopIsMeasured() throws TimeoutException {
    var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(3));
    try {
      var options = new DeploymentOptions().setInstances(3);
      vertx.deployVerticle(() -> new EventLoopLag(meters), options).await();
      await(vertx, () -> measuredLoops() == 3);
      var stalled = vertx.getOrCreateContext();
      stalled.runOnContext(_ -> spin(Duration.ofMillis(700)));
      await(vertx, () -> longestLag() >= 300);
    } finally {
      vertx.close().await();
    }
  }

  private long measuredLoops() {
    return registry.find(Metric.LOOP_LAG.id()).timers().stream()
        .filter(timer -> timer.count() > 0)
        .count();
  }

  private double longestLag() {
    return registry.find(Metric.LOOP_LAG.id()).timers().stream()
        .mapToDouble(timer -> timer.max(TimeUnit.MILLISECONDS))
        .max()
        .orElse(0);
  }

  private static void spin(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private static void await(Vertx vertx, BooleanSupplier condition) throws TimeoutException {
    Promise<Void> met = Promise.promise();
    vertx.setPeriodic(
        10,
        timer -> {
          if (condition.getAsBoolean() && vertx.cancelTimer(timer)) {
            met.complete();
          }
        });
    met.future().await(20, TimeUnit.SECONDS);
  }

  private void useAll() {
    var _ = meters.dialect("native");
    meters.answered(new SessionCommand.Ping(), 1);
    meters.rateLimited("user");
    meters.authenticationFailed("expired");
    meters.loopLag("0", 1);
    meters.queue("store", () -> 0);
    meters.cache("cursors", () -> 0);
    for (Metric shown : List.of(CLUSTER_NODES, CLUSTER_STALE, CLUSTER_ROWS)) {
      Runnable _ = meters.show(shown, () -> 1);
    }
    Runnable _ = meters.show(LINK_BYTES, () -> 1, "node1");
    Runnable _ = meters.show(DUTY, () -> 1, "sweep");
  }

  private static String typeOf(Metric metric) {
    return switch (metric.kind()) {
      case GAUGE -> "GAUGE";
      case COUNTER -> "COUNTER";
      case TIMER -> "TIMER";
      case SUMMARY -> "DISTRIBUTION_SUMMARY";
    };
  }

  private Map<String, Double> samples() {
    return Arrays.stream(registry.scrape().split("\n"))
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split(" "))
        .collect(Collectors.toMap(parts -> parts[0], parts -> Double.valueOf(parts[1])));
  }

  /// The names that [MetricsPageTest] has to find are all different.
  @Test
  void namesAreDifferent() {
    var names = Arrays.stream(Metric.values()).map(Metric::id).toList();
    assertThat(new TreeSet<>(names)).hasSameSizeAs(names);
  }
}
