package dev.parley.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class PipelineTest {
  private static Vertx vertx;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void close() {
    vertx.close().await();
  }

  @Test
  void noMoreAreSentThanTheWindowHolds() {
    var pipeline = new Pipeline(2);
    List<Call<?>> calls = calls(3);
    calls.forEach(pipeline::add);
    assertThat(sendAll(pipeline)).isEqualTo(calls.subList(0, 2));
    assertThat(pipeline.answered()).isSameAs(calls.getFirst());
    assertThat(sendAll(pipeline)).isEqualTo(calls.subList(2, 3));
  }

  @Test
  void whatWasSentWaitsAgainBeforeTheOthers() {
    var pipeline = new Pipeline(2);
    List<Call<?>> calls = calls(4);
    calls.forEach(pipeline::add);
    sendAll(pipeline);
    pipeline.onConnectionLost();
    assertThat(sendAll(pipeline)).isEqualTo(calls.subList(0, 2));
  }

  @Test
  void whatIsTooOldLeavesUnlessItsAnswerMayStillCome() {
    var pipeline = new Pipeline(1);
    List<Call<?>> calls = calls(3);
    calls.forEach(pipeline::add);
    sendAll(pipeline);
    assertThat(pipeline.olderThan(Duration.ofNanos(-1))).isEqualTo(calls);
    calls.forEach(Call::end);
    assertThat(pipeline.olderThan(Duration.ofNanos(-1))).isEmpty();
    assertThat(pipeline.answered()).isSameAs(calls.getFirst());
    assertThat(sendAll(pipeline)).isEmpty();
  }

  @Test
  void whateverIsLostTheOrderIsKept() {
    long seed = Long.getLong("parley.test.seed", System.nanoTime());
    var random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      var pipeline = new Pipeline(1 + random.nextInt(8));
      List<Call<?>> calls = calls(30);
      var answered = new ArrayList<Call<?>>();
      var sent = new ArrayList<Call<?>>();
      calls.forEach(pipeline::add);
      while (answered.size() < calls.size()) {
        if (random.nextInt(4) == 0) {
          pipeline.onConnectionLost();
          sent.clear();
        }
        sent.addAll(sendAll(pipeline));
        for (int i = random.nextInt(sent.size() + 1); i > 0; i--) {
          assertThat(pipeline.answered()).as("seed %d", seed).isSameAs(sent.removeFirst());
          answered.add(calls.get(answered.size()));
        }
      }
      assertThat(sendAll(pipeline)).as("seed %d", seed).isEmpty();
    }
  }

  private static List<Call<?>> sendAll(Pipeline pipeline) {
    var sent = new ArrayList<Call<?>>();
    for (var next = pipeline.next(); next.isPresent(); next = pipeline.next()) {
      sent.add(next.get());
    }
    return sent;
  }

  private static List<Call<?>> calls(int count) {
    var arguments = new Arguments(Script.GET, new byte[0]);
    return IntStream.range(0, count)
        .<Call<?>>mapToObj(
            _ -> new Call<>(vertx.getOrCreateContext(), true, 0, (_, _) -> arguments, _ -> ""))
        .toList();
  }
}
