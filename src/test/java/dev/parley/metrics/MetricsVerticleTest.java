package dev.parley.metrics;

import static dev.parley.kit.DomainKit.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.bus.Addresses;
import dev.parley.config.MetricsConfig;
import dev.parley.kit.DomainKit;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.MetricsCommand.ReadMetrics;
import dev.parley.protocol.MetricsCommand.WatchMetrics;
import dev.parley.protocol.MetricsEvent.MetricsSampled;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply.Sampled;
import dev.parley.protocol.SystemSample;
import dev.parley.protocol.Topic;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Samples of a machine that counts how often it is read.
final class MetricsVerticleTest {
  private final DomainKit kit = new DomainKit(1);
  private final AtomicInteger readings = new AtomicInteger();
  private volatile boolean watched;
  private volatile boolean broken;

  @BeforeEach
  void deploy() {
    kit.deploy(
        new MetricsVerticle(
            kit.bus,
            new MetricsConfig(true, Duration.ofSeconds(1)),
            this::read,
            () -> new SystemSample.ServerProcess(1, 2, 3),
            () -> watched,
            new NodeId("n1"),
            InstantSource.system()));
  }

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void nobodyWatchesSoNothingIsRead() {
    Await.until(kit.vertx.timer(600).map(_ -> true)::isComplete, "three looks have passed");
    assertThat(readings).hasValue(0);
  }

  @Test
  void aHundredWhoAskAtOnceGetOneSampleAndNotTwice() {
    watched = true;
    List<Future<Outcome>> asked =
        IntStream.range(0, 100)
            .mapToObj(i -> kit.request(Addresses.METRICS, watcher(i), new WatchMetrics()))
            .toList();
    List<SystemSample> samples =
        asked.stream().map(DomainKit::await).map(each -> ((Sampled) each).sample()).toList();

    assertThat(samples).allMatch(samples.getFirst()::equals);
    assertThat(readings).as("a beginning and an end").hasValue(2);

    Envelope next = kit.awaitEnvelope(MetricsSampled.class, _ -> true);
    assertThat(next.event()).isNotEqualTo(new MetricsSampled(samples.getFirst()));
    assertThat(next.topics())
        .extracting(Topic::toString)
        .satisfiesExactlyInAnyOrder(
            room -> assertThat(room).contains("system_monitoring"),
            topic -> assertThat(topic).contains("metrics"),
            all -> assertThat(all).contains("all"));
    assertThat(next.except()).isEmpty();
    assertThat(readings).as("the end is the next beginning").hasValue(3);
  }

  @Test
  void withinASecondOneGetsTheNewest() {
    Sampled first = ask("ann");
    Sampled second = ask("bob");

    assertThat(second).isEqualTo(first);
    assertThat(readings).hasValue(2);
    assertThat(kit.published()).as("told to nobody else").isEmpty();
  }

  @Test
  void whoIsAnsweredWithWhatAllGetIsLeftOut() {
    watched = true; // noticed before anybody asks
    Await.until(() -> readings.get() > 0, "a sample is under way");
    Sampled answer = ask("ann");

    Envelope told = kit.awaitEnvelope(MetricsSampled.class, _ -> true);
    if (told.event().equals(new MetricsSampled(answer.sample()))) {
      assertThat(told.except()).isSubsetOf(new ConnectionId("ann-1"));
    }
  }

  @Test
  void samplingStopsWithTheLastWatcher() {
    watched = true;
    kit.awaitEvent(MetricsSampled.class);
    watched = false;
    Await.until(kit.vertx.timer(400).map(_ -> true)::isComplete, "it was noticed");
    int before = readings.get();
    Await.until(kit.vertx.timer(1_300).map(_ -> true)::isComplete, "another would be due");
    assertThat(readings).hasValue(before);
  }

  @Test
  void aMachineThatDoesNotTellIsAnErrorAndAskedAgain() {
    broken = true;
    Outcome refused = kit.ask(Addresses.METRICS, user("ann"), new ReadMetrics());
    assertThat(refused)
        .isInstanceOfSatisfying(
            Rejection.class,
            rejection -> assertThat(rejection.code()).isEqualTo(ErrorCode.INTERNAL_ERROR));
    broken = false;
    assertThat(ask("ann").sample().node()).isEqualTo(new NodeId("n1"));
  }

  private Sampled ask(String user) {
    return kit.ask(Addresses.METRICS, user(user), new ReadMetrics(), Sampled.class);
  }

  private static Caller watcher(int i) {
    return user("u" + i);
  }

  private Reading read() {
    readings.incrementAndGet();
    if (broken) {
      throw new UncheckedIOException(new IOException("no such file"));
    }
    return Readings.any();
  }
}
