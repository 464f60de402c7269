package dev.parley.store.embedded;

import dev.parley.protocol.Position;
import java.util.Optional;
import java.util.Scanner;

/// What a killed process had acknowledged.
record Acknowledgement(int stream, long number, Position position) {
  private static final String FIRST = "ack";
  private static final String LAST = ".";

  String toLine() {
    return String.join(
        " ", FIRST, "" + stream, "" + number, "" + position.seq(), position.epoch(), LAST);
  }

  /// Empty for any other line, and for one that was cut off.
  static Optional<Acknowledgement> parse(String line) {
    var words = new Scanner(line);
    if (!line.startsWith(FIRST + " ") || !line.endsWith(" " + LAST)) {
      return Optional.empty();
    }
    words.skip(FIRST);
    int stream = words.nextInt();
    long number = words.nextLong();
    long seq = words.nextLong();
    return Optional.of(new Acknowledgement(stream, number, new Position(words.next(), seq)));
  }
}
