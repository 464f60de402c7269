package dev.parley.protocol.json;

import com.google.errorprone.annotations.CheckReturnValue;
import java.time.Instant;

/// ISO-8601 UTC in milliseconds, always of one width: `2025-01-31T09:08:07.006Z`. A clock's finer
/// digits are cut off, so that an event looks the same when it happens and when it is read again.
@CheckReturnValue
final class IsoTime {
  static final int LENGTH = 24;

  private static final long SECONDS_PER_DAY = 86_400;
  private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
  private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
  private static final int DAYS_PER_ERA = 146_097;
  private static final int DAYS_TO_1970 = 719_468;

  private IsoTime() {}

  /// Writes into `out`; false for a year of other than four digits.
  static boolean write(Instant instant, char[] out) {
    long second = instant.getEpochSecond();
    if (second < FIRST || second > LAST) {
      return false;
    }
    writeDate((int) Math.floorDiv(second, SECONDS_PER_DAY), out);
    int ofDay = (int) Math.floorMod(second, SECONDS_PER_DAY);
    out[10] = 'T';
    digits(ofDay / 3600, out, 11, 2);
    out[13] = ':';
    digits(ofDay / 60 % 60, out, 14, 2);
    out[16] = ':';
    digits(ofDay % 60, out, 17, 2);
    out[19] = '.';
    digits(instant.getNano() / 1_000_000, out, 20, 3);
    out[23] = 'Z';
    return true;
  }

  /// Counts in eras of 400 years that begin in March, so that the leap day comes last.
  private static void writeDate(int daysSince1970, char[] out) {
    int days = daysSince1970 + DAYS_TO_1970;
    int era = Math.floorDiv(days, DAYS_PER_ERA);
    int ofEra = days - era * DAYS_PER_ERA;
    int yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365;
    int ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int monthFromMarch = (5 * ofYear + 2) / 153;
    int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    int year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    digits(year, out, 0, 4);
    out[4] = '-';
    digits(month, out, 5, 2);
    out[7] = '-';
    digits(ofYear - (153 * monthFromMarch + 2) / 5 + 1, out, 8, 2);
  }

  private static void digits(int value, char[] out, int from, int count) {
    int rest = value;
    for (int i = from + count - 1; i >= from; i--) {
      out[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
