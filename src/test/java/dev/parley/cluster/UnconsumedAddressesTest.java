package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UnconsumedAddressesTest {
  private static final long MILLISECOND = 1_000_000;

  // Near the end of a long: the time that System.nanoTime() tells may pass it.
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - MILLISECOND);
  private final UnconsumedAddresses addresses = new UnconsumedAddresses(20, nanos::get);

  @Test
  void anAddressThatWasNotAskedForIsAskedForAtOnce() {
    addresses.found("b");

    assertThat(addresses.pauseMillis("a")).isZero();
  }

  @Test
  void anAddressWithoutConsumersIsLeftAloneForAWhile() {
    addresses.found("a");

    assertThat(addresses.pauseMillis("a")).isEqualTo(21);
    nanos.addAndGet(19 * MILLISECOND);
    assertThat(addresses.pauseMillis("a")).isEqualTo(2);
    nanos.addAndGet(MILLISECOND);
    assertThat(addresses.pauseMillis("a")).isZero();
  }

  @Test
  void thatItStillHasNoneBeginsTheWhileAgain() {
    addresses.found("a");
    nanos.addAndGet(20 * MILLISECOND);
    addresses.found("a");

    assertThat(addresses.pauseMillis("a")).isEqualTo(21);
  }

  @Test
  void noMoreThanSomeAreRemembered() {
    addresses.found("first");
    for (int i = 0; i < 1_000; i++) {
      addresses.found("a" + i);
    }

    assertThat(addresses.pauseMillis("first")).isZero();
    assertThat(addresses.pauseMillis("a999")).isPositive();
  }
}
