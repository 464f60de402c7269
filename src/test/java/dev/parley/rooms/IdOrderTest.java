package dev.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IdOrderTest {
  @ParameterizedTest
  @CsvSource({
    "1, 2",
    "9, 10",
    "99999999999999999998, 99999999999999999999",
    "007, 7",
    "alice, bob",
    "Zoe, adam",
    "10, 9a",
    "a, a1",
    "2, a",
  })
  void firstComesBeforeSecond(String first, String second) {
    assertThat(IdOrder.isBefore(first, second)).isTrue();
    assertThat(IdOrder.isBefore(second, first)).isFalse();
  }

  @Test
  void nobodyComesBeforeThemselves() {
    assertThat(IdOrder.isBefore("7", "7")).isFalse();
    assertThat(IdOrder.isBefore("x", "x")).isFalse();
  }

  @Test
  void numbersAreOrderedByValue() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 10_000; round++) {
      String a = digits(random);
      String b = digits(random);
      int order = new BigInteger(a).compareTo(new BigInteger(b));
      if (order != 0) {
        assertThat(IdOrder.isBefore(a, b)).as("seed %d: %s, %s", seed, a, b).isEqualTo(order < 0);
      }
      assertThat(IdOrder.isBefore(a, b) && IdOrder.isBefore(b, a)).isFalse();
      assertThat(a.equals(b) || IdOrder.isBefore(a, b) || IdOrder.isBefore(b, a)).isTrue();
    }
  }

  private static String digits(Random random) {
    int length = 1 + random.nextInt(24);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) ('0' + random.nextInt(10)));
    }
    return text.toString();
  }
}
