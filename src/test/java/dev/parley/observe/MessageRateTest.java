package dev.parley.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class MessageRateTest {
  private static final long SECOND = 1_000_000_000;
  private static final long START = -5 * SECOND;
  private static final Offset<Double> EXACT = within(1e-9);

  private final MessageRate rate = new MessageRate(START);

  @Test
  void inTheFirstMinuteItIsSinceTheStart() {
    assertThat(rate.perSecond(START + SECOND / 2, 10)).isCloseTo(10, EXACT);
    rate.tick(START + SECOND, 10);
    rate.tick(START + 2 * SECOND, 10);
    assertThat(rate.perSecond(START + 2 * SECOND, 20)).isCloseTo(10, EXACT);
  }

  @Test
  void laterItIsOfTheLastMinuteAlone() {
    long total = 0;
    for (int second = 1; second <= 300; second++) {
      total += second <= 200 ? 1_000 : 3;
      rate.tick(START + second * SECOND, total);
    }
    assertThat(rate.perSecond(START + 300 * SECOND, total)).isCloseTo(3, EXACT);
  }

  @Test
  void afterAStandstillItIsOfTheTimeThatPassed() {
    for (int second = 1; second <= 60; second++) {
      rate.tick(START + second * SECOND, 0);
    }
    assertThat(rate.perSecond(START + 120 * SECOND, 1_190)).isCloseTo(10, within(0.1));
  }
}
