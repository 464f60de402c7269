package dev.parley.cli.bench;

import io.netty.buffer.ByteBuf;

/// Text inside a payload that says when it was sent and for which lane (a room, a connection):
/// `bench-at`, 16 digits, 6 digits. Of fixed length, so that it is written into a ready-made frame
/// and read from a received one in place.
final class Mark {
  static final int LENGTH = 30;
  static final int LANES = 1_000_000;
  static final String BLANK = "bench-at" + "0".repeat(22);

  private static final long PREFIX = 0x62656e63682d6174L; // "bench-at"
  private static final int PREFIX_LENGTH = 8;
  private static final int TIME_DIGITS = 16;
  private static final int LANE_DIGITS = 6;
  private static final long ORIGIN = System.nanoTime();

  private Mark() {}

  /// Nanoseconds since this process began to measure; what marks carry.
  static long now() {
    return System.nanoTime() - ORIGIN;
  }

  static String text(long at, int lane) {
    return "bench-at%016d%06d".formatted(at, lane);
  }

  /// Writes over the mark that begins at `index`.
  static void write(ByteBuf bytes, int index, long at, int lane) {
    writeDigits(bytes, index + PREFIX_LENGTH, TIME_DIGITS, at);
    writeDigits(bytes, index + PREFIX_LENGTH + TIME_DIGITS, LANE_DIGITS, lane);
  }

  static boolean isAt(ByteBuf bytes, int index) {
    return bytes.getLong(index) == PREFIX;
  }

  static long at(ByteBuf bytes, int index) {
    return digits(bytes, index + PREFIX_LENGTH, TIME_DIGITS);
  }

  static int lane(ByteBuf bytes, int index) {
    return (int) digits(bytes, index + PREFIX_LENGTH + TIME_DIGITS, LANE_DIGITS);
  }

  private static void writeDigits(ByteBuf bytes, int index, int count, long number) {
    long left = number;
    for (int i = index + count - 1; i >= index; i--) {
      bytes.setByte(i, '0' + (int) (left % 10));
      left /= 10;
    }
  }

  private static long digits(ByteBuf bytes, int index, int count) {
    long number = 0;
    for (int i = index; i < index + count; i++) {
      number = number * 10 + (bytes.getByte(i) - '0');
    }
    return number;
  }
}
