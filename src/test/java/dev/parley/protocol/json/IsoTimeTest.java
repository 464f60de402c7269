package dev.parley.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class IsoTimeTest {
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();
  private static final long AFTER_LAST =
      Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli() + 1;

  @Test
  void everyTimeOfFourDigitYearsIsWrittenAsTheCalendarHasIt() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      Instant instant = Instant.ofEpochMilli(random.nextLong(FIRST, AFTER_LAST));
      assertThat(write(instant)).as("seed %d", seed).isEqualTo(ISO.format(instant));
    }
  }

  @Test
  void leapDaysAndEndsOfYearsAreRight() {
    for (String text :
        new String[] {
          "0000-01-01T00:00:00.000Z",
          "1900-02-28T23:59:59.999Z",
          "1970-01-01T00:00:00.000Z",
          "2000-02-29T12:00:00.001Z",
          "2024-02-29T23:59:59.999Z",
          "2024-12-31T23:59:59.999Z",
          "9999-12-31T23:59:59.999Z"
        }) {
      assertThat(write(Instant.parse(text))).isEqualTo(text);
    }
  }

  @Test
  void yearsOfOtherThanFourDigitsAreLeftToOthers() {
    char[] out = new char[IsoTime.LENGTH];
    assertThat(IsoTime.write(Instant.ofEpochMilli(AFTER_LAST), out)).isFalse();
    assertThat(IsoTime.write(Instant.ofEpochMilli(FIRST - 1), out)).isFalse();
    assertThat(IsoTime.write(Instant.MAX, out)).isFalse();
  }

  private static String write(Instant instant) {
    char[] out = new char[IsoTime.LENGTH];
    assertThat(IsoTime.write(instant, out)).isTrue();
    return new String(out);
  }
}
