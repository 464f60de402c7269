package dev.parley.config;

import static java.util.stream.Collectors.joining;

import java.util.Comparator;

/// Ends loading with one line for people.
final class Refusal extends RuntimeException {
  private final String line;

  Refusal(String line) {
    super(line, null, false, false);
    this.line = line;
  }

  String line() {
    return line;
  }

  static Refusal ofValue(Key key, Given given, String allowed) {
    var shown = key.isSecret() && !given.text().isEmpty() ? Secret.MASK : given.text();
    return new Refusal(
        "%s = %s (%s) is refused: it must be %s"
            .formatted(key.name(), shown.isEmpty() ? "nothing" : shown, given.source(), allowed));
  }

  static Refusal ofUnknownKey(String name, Given given) {
    return new Refusal(
        "%s = %s (%s) is refused: there is no such key. Nearest: %s. All: docs/configuration.md"
            .formatted(name, given.text(), given.source(), nearest(name)));
  }

  /// Keys of the same section first: its name is rarely what was mistyped.
  private static String nearest(String name) {
    var section = name.substring(0, name.lastIndexOf('.') + 1);
    boolean known =
        !section.isEmpty() && Key.ALL.stream().anyMatch(k -> k.name().startsWith(section));
    return Key.ALL.stream()
        .map(Key::name)
        .filter(candidate -> !known || candidate.startsWith(section))
        .sorted(Comparator.comparingInt(candidate -> distance(name, candidate)))
        .limit(2)
        .collect(joining(" or "));
  }

  /// How many letters to insert, remove or exchange.
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
