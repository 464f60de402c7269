package dev.parley.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.store.embedded.BoundedQueue.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BoundedQueueTest {
  private record Sized(int number, long bytes) implements BoundedQueue.Item {}

  @Test
  void itGivesWhatItGotInOrder() {
    var queue = queue(100, 1_000);
    IntStream.range(0, 10)
        .forEach(i -> assertThat(queue.offer(new Sized(i, 1))).isEqualTo(Offer.ACCEPTED));
    assertThat(queue.take(4, 1_000)).extracting(Sized::number).containsExactly(0, 1, 2, 3);
    assertThat(queue.take(100, 1_000)).extracting(Sized::number).containsExactly(4, 5, 6, 7, 8, 9);
  }

  @Test
  void itIsBoundedInNumberAndBytes() {
    var queue = queue(3, 100);
    assertThat(queue.offer(new Sized(0, 60))).isEqualTo(Offer.ACCEPTED);
    assertThat(queue.offer(new Sized(1, 60))).isEqualTo(Offer.FULL);
    assertThat(queue.offer(new Sized(2, 20))).isEqualTo(Offer.ACCEPTED);
    assertThat(queue.offer(new Sized(3, 20))).isEqualTo(Offer.ACCEPTED);
    assertThat(queue.offer(new Sized(4, 0))).isEqualTo(Offer.FULL);
    assertThat(queue.size()).isEqualTo(3);
    assertThat(queue.bytes()).isEqualTo(100);
    assertThat(queue.take(1, 1_000)).hasSize(1);
    assertThat(queue.bytes()).isEqualTo(40);
    assertThat(queue.offer(new Sized(5, 60))).isEqualTo(Offer.ACCEPTED);
  }

  @Test
  void aBatchEndsWithTheItemThatFillsIt() {
    var queue = queue(100, 10_000);
    IntStream.range(0, 10)
        .forEach(i -> assertThat(queue.offer(new Sized(i, 400))).isEqualTo(Offer.ACCEPTED));
    assertThat(queue.take(100, 1_000)).hasSize(3);
    assertThat(queue.bytes()).isEqualTo(2_800);
  }

  @Test
  void theEndLetsWhatWaitsBeTaken() {
    var queue = queue(100, 1_000);
    assertThat(queue.offer(new Sized(0, 1))).isEqualTo(Offer.ACCEPTED);
    queue.close();
    assertThat(queue.offer(new Sized(1, 1))).isEqualTo(Offer.CLOSED);
    assertThat(queue.take(10, 100)).hasSize(1);
    assertThat(queue.take(10, 100)).isEmpty();
  }

  @Test
  void everyWaitingTakerIsToldOfTheEnd() {
    var queue = queue(100, 1_000);
    var takers = new ArrayList<CompletableFuture<List<Sized>>>();
    for (int i = 0; i < 4; i++) {
      takers.add(
          CompletableFuture.supplyAsync(
              () -> queue.take(1, 1), task -> Thread.ofPlatform().start(task)));
    }
    queue.close();
    takers.forEach(taker -> assertThat(taker.join()).isEmpty());
  }

  private static BoundedQueue<Sized> queue(int items, long bytes) {
    return new BoundedQueue<>(items, bytes);
  }
}
