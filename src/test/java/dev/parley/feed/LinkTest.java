package dev.parley.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LinkTest {
  private static final int MAX_BYTES = 10;

  private final FakeWay way = new FakeWay();
  private final Link link = new Link(way, MAX_BYTES);

  @Test
  void aLoneEventLeavesAtOnce() {
    send("a");
    way.turn();
    assertThat(way.letters).containsExactly("a");

    way.pause();
    way.pause();
    send("b");
    way.turn();
    assertThat(way.letters).containsExactly("a", "b");
  }

  @Test
  void whatComesInOnePauseLeavesTogether() {
    send("a");
    way.turn();
    send("b");
    way.turn();
    send("c");
    way.turn();
    assertThat(way.letters).containsExactly("a");

    way.pause();
    assertThat(way.letters).containsExactly("a", "bc");
  }

  @Test
  void whatComesInOneTurnLeavesTogether() {
    send("a");
    send("b");
    sendDurable("c");
    way.turn();
    assertThat(way.letters).containsExactly("abc");
  }

  @Test
  void aDurableEventDoesNotWaitAndKeepsItsPlace() {
    send("a");
    way.turn();
    send("b");
    sendDurable("c");
    send("d");
    sendDurable("e");
    way.turn();
    assertThat(way.letters).containsExactly("a", "bcde");

    sendDurable("f");
    way.turn();
    assertThat(way.letters).containsExactly("a", "bcde", "f");
  }

  @Test
  void aPauseInWhichNothingCameEndsTheGathering() {
    send("a");
    way.turn();
    assertThat(way.later).hasSize(1);
    way.pause();
    assertThat(way.later).isEmpty();
    assertThat(way.letters).containsExactly("a");
  }

  @Test
  void bytesCountUntilTheyAreOnTheWire() {
    send("1234567890");
    send("1");
    assertThat(link.send(bytes("2"), false)).isFalse();
    assertThat(link.send(bytes("3"), true)).isTrue();
    way.turn();
    assertThat(link.unsentBytes()).isEqualTo(12);

    way.underWay.removeFirst().complete();
    assertThat(link.unsentBytes()).isZero();
    send("4");
  }

  @Test
  void durableEventsAreDroppedPastFourTimesTheBound() {
    for (int i = 0; i < 41; i++) {
      sendDurable("x");
    }
    assertThat(link.send(bytes("y"), true)).isFalse();
  }

  @Test
  void aLetterThatFailedCountsNoMore() {
    send("a");
    way.turn();
    way.underWay.removeFirst().fail("no such node");
    assertThat(link.unsentBytes()).isZero();
  }

  @Test
  void aLetterOfWhichNothingIsHeardCountsNoMoreAfterHalfAMinute() {
    send("12345678901");
    way.turn();
    way.now += Duration.ofSeconds(30).toNanos();
    assertThat(link.send(bytes("b"), false)).isFalse();

    way.now++;
    send("b");
    way.underWay.removeFirst().complete();
    assertThat(link.unsentBytes()).isEqualTo(1);
  }

  @Test
  void moreThanALetterHoldsGoesInSeveral() {
    Link wide = new Link(way, 1 << 30);
    byte[] half = new byte[(1 << 19) + 1];
    for (int i = 0; i < 3; i++) {
      assertThat(wide.send(half, false)).isTrue();
    }
    way.turn();
    assertThat(way.letters).extracting(String::length).containsExactly((1 << 20) + 2, half.length);
  }

  private void send(String event) {
    assertThat(link.send(bytes(event), false)).isTrue();
  }

  private void sendDurable(String event) {
    assertThat(link.send(bytes(event), true)).isTrue();
  }

  private static byte[] bytes(String text) {
    return Buffer.buffer(text).getBytes();
  }

  /// Turns, pauses and time go by when the test says so.
  private static final class FakeWay implements LinkWay {
    private final List<String> letters = new ArrayList<>();
    private final ArrayDeque<Promise<Void>> underWay = new ArrayDeque<>();
    private final ArrayDeque<Runnable> soon = new ArrayDeque<>();
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();
    private long now = 1;

    @Override
    public Future<Void> send(Buffer letter) {
      letters.add(letter.toString());
      Promise<Void> sent = Promise.promise();
      underWay.addLast(sent);
      return sent.future();
    }

    @Override
    public void soon(Runnable task) {
      soon.addLast(task);
    }

    @Override
    public void later(Duration delay, Runnable task) {
      assertThat(delay).isEqualTo(Link.PAUSE);
      later.addLast(task);
    }

    @Override
    public long nanoTime() {
      return now;
    }

    void turn() {
      while (!soon.isEmpty()) {
        soon.removeFirst().run();
      }
    }

    void pause() {
      turn();
      List<Runnable> due = List.copyOf(later);
      later.clear();
      due.forEach(Runnable::run);
    }
  }
}
