package dev.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoomPatternTest {
  @ParameterizedTest
  @CsvSource({
    "admin, admin, true",
    "admin, admins, false",
    "admin, madmin, false",
    "order_{id}, order_7, true",
    "order_{id}, order_, false",
    "order_{id}, reorder_7, false",
    "order_{id}_x, order_1_x_x, true",
    "user_{a}_{b}, user_1_2, true",
    "user_{a}_{b}, user_1, false",
    "user_{a}_{b}, user__1, false",
    "user_{a}_{b}, user_1_, false",
    "user_{a}_{b}, user___, false",
    "user_{a}_{b}, user____, true",
    "*, anything, true",
    "order_*, order_, true",
    "order_*, order_1, true",
    "*_end, the_end, true",
    "*_end, the_end_, false",
    "a*b*c, abc, true",
    "a*b*c, axbxbxc, true",
    "a*b*c, axbx, false",
    "{a}{b}, x, false",
    "{a}{b}, xy, true",
  })
  void fitsAsWritten(String pattern, String name, boolean fits) {
    assertThat(RoomPattern.parse(pattern).fits(name)).isEqualTo(fits);
  }

  @Test
  void bindsEachWordInEveryWay() {
    RoomPattern pattern = RoomPattern.parse("user_{a}_{b}");

    assertThat(pattern.bindings("user_1_2", 9)).containsExactly(Map.of("a", "1", "b", "2"));
    assertThat(pattern.bindings("user_x_y_z", 9))
        .containsExactly(Map.of("a", "x", "b", "y_z"), Map.of("a", "x_y", "b", "z"));
    assertThat(pattern.bindings("user_x_y_z", 1)).hasSize(1);
    assertThat(pattern.bindings("users", 9)).isEmpty();
  }

  @Test
  void agreesWithRegularExpressions() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      String pattern = text(random, "ab_", "{x}", "*", 6);
      String name = text(random, "ab_", "ab", "_b", 8);
      String regex = pattern.replace("{x}", ".+").replace("*", ".*");
      assertThat(RoomPattern.parse(pattern).fits(name))
          .as("seed %d: %s on %s", seed, pattern, name)
          .isEqualTo(Pattern.matches(regex, name));
      assertThat(RoomPattern.parse(pattern).bindings(name, 1).isEmpty())
          .as("seed %d: bindings of %s on %s", seed, pattern, name)
          .isEqualTo(!Pattern.matches(regex, name));
    }
  }

  @Test
  void takesNoLongerForPatternsMadeToHurt() {
    RoomPattern pattern = RoomPattern.parse("*a".repeat(500) + "b");
    assertThat(pattern.fits("a".repeat(128))).isFalse();
    assertThat(RoomPattern.parse("{w}a".repeat(20) + "b").bindings("a".repeat(128), 2)).isEmpty();
  }

  private static String text(Random random, String letters, String one, String other, int most) {
    StringBuilder text = new StringBuilder();
    int parts = random.nextInt(most + 1);
    for (int i = 0; i < parts; i++) {
      switch (random.nextInt(4)) {
        case 0 -> text.append(one);
        case 1 -> text.append(other);
        default -> text.append(letters.charAt(random.nextInt(letters.length())));
      }
    }
    return text.toString();
  }
}
