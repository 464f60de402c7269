package dev.parley.store;

import static dev.parley.store.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.store.Quotas.Lease;
import dev.parley.store.Quotas.Question;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What every store promises of its quotas.
public abstract class QuotasContract {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /// Real time that a test may take, between two looks at a window.
  private static final long TOLERANCE_MILLIS = 5_000;

  protected abstract Quotas quotas();

  protected abstract void pass(Duration time);

  @Test
  void sharesEndWithTheLimit() throws Exception {
    assertThat(ask("k", "a", 1, 5, 40)).isEqualTo(40);
    assertThat(ask("k", "b", 1, 5, 40)).isEqualTo(40);
    assertThat(ask("k", "a", 1, 0, 40)).isEqualTo(10);
    assertThat(ask("k", "b", 1, 0, 40)).isZero();
    assertThat(ask("other", "b", 1, 0, 40)).isEqualTo(40);
  }

  @Test
  void whatIsSpentCountsEvenBeyondTheLimit() throws Exception {
    assertThat(ask("k", "a", 1, 99, 0)).isZero();
    assertThat(ask("k", "b", 1, 50, 10)).isZero();
    assertThat(ask("k", "a", 1, 0, 1)).isZero();
  }

  @Test
  void aWindowIsTheSameForAllUntilItsEnd() throws Exception {
    Lease first = lease("k", "a", 1, Duration.ofSeconds(10), 0, 60);
    assertThat(first.own()).isTrue();
    assertThat(first.remaining()).isBetween(Duration.ofSeconds(45), Duration.ofSeconds(50));
    pass(Duration.ofSeconds(20));
    Lease second = lease("k", "b", 1, Duration.ofSeconds(1), 0, 60);
    assertThat(second.own()).isFalse();
    assertThat(second.granted()).isEqualTo(40);
    assertThat(second.remaining().toMillis()).isBetween(30_000 - TOLERANCE_MILLIS, 30_000L);
    pass(Duration.ofSeconds(30));
    Lease later = lease("k", "b", 2, Duration.ZERO, 0, 60);
    assertThat(later.own()).isTrue();
    assertThat(later.granted()).isEqualTo(60);
  }

  @Test
  void theNextWindowOfAnAskerFollowsItsOwn() throws Exception {
    assertThat(ask("k", "a", 1, 100, 0)).isZero();
    assertThat(ask("k", "a", 2, 0, 30)).isEqualTo(30);
    assertThat(ask("k", "b", 1, 0, 100)).isEqualTo(70);
  }

  @Test
  void whoBeginsAsAWindowEndsBeginsAnother() throws Exception {
    assertThat(ask("k", "a", 1, 100, 0)).isZero();
    pass(MINUTE.minusMillis(100));
    Lease early = lease("k", "b", 1, Duration.ZERO, 0, 10);
    assertThat(early.granted()).isEqualTo(10);
    assertThat(early.own()).isTrue();
  }

  @Test
  void whoAsksAboutAWindowThatIsOverGetsWhatItWants() throws Exception {
    assertThat(lease("k", "a", 1, MINUTE, 100, 7).granted()).isEqualTo(7);
    assertThat(ask("k", "b", 1, 0, 100)).as("it counts nowhere").isEqualTo(100);
  }

  @Test
  void manyAskersTakeNoMoreThanThereIs() throws Exception {
    long seed = Long.getLong("parley.test.seed", System.nanoTime());
    var random = new Random(seed);
    int sum = 0;
    for (int i = 0; i < 60; i++) {
      sum += ask("many", "asker " + random.nextInt(5), 1, 0, random.nextInt(8));
    }
    assertThat(sum).as("seed %d", seed).isEqualTo(100);
  }

  private int ask(String key, String asker, long window, int spent, int wanted) throws Exception {
    return lease(key, asker, window, Duration.ZERO, spent, wanted).granted();
  }

  private Lease lease(String key, String asker, long window, Duration age, int spent, int wanted)
      throws Exception {
    return await(quotas().lease(new Question(key, 100, MINUTE, age, asker, window, spent, wanted)));
  }
}
