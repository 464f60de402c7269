package dev.parley.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SharedReadsTest {
  private final List<Promise<Integer>> begun = new ArrayList<>();
  private final SharedReads<String, Integer> reads = new SharedReads<>(_ -> begin());

  @Test
  void whoeverAsksGetsAReadingThatBeganAfterwards() {
    Future<Integer> first = reads.of("a");
    List<Future<Integer>> behind = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      behind.add(reads.of("a"));
    }
    assertThat(begun).hasSize(1);
    begun.get(0).complete(1);
    assertThat(first.result()).isEqualTo(1);
    assertThat(begun).hasSize(2);
    assertThat(behind).noneMatch(Future::isComplete);
    begun.get(1).complete(2);
    assertThat(behind).allMatch(each -> each.result() == 2);
    Future<Integer> _ = reads.of("a");
    assertThat(begun).hasSize(3);
  }

  @Test
  void aReadingThatFailsFailsThoseWhoShareItAndNoOthers() {
    Future<Integer> first = reads.of("a");
    Future<Integer> second = reads.of("a");
    Future<Integer> other = reads.of("b");
    begun.get(0).fail("gone");
    assertThat(first.failed()).isTrue();
    assertThat(second.isComplete()).isFalse();
    begun.get(1).complete(7);
    begun.get(2).complete(8);
    assertThat(other.result()).isEqualTo(7);
    assertThat(second.result()).isEqualTo(8);
  }

  private Future<Integer> begin() {
    Promise<Integer> promise = Promise.promise();
    begun.add(promise);
    return promise.future();
  }
}
