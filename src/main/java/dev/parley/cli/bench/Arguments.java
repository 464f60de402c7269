package dev.parley.cli.bench;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The options of a command line (`--name value`, `--name=value`, `--flag`), each with its bounds.
/// Everything that is wrong with one is a [UsageException].
final class Arguments {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,7})(ms|s|m|)");

  private final Map<String, String> values;
  private final Set<String> unused;

  private Arguments(Map<String, String> values) {
    this.values = values;
    this.unused = new TreeSet<>(values.keySet());
  }

  /// @param flags names of options without a value
  static Arguments parse(List<String> words, Set<String> flags) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (!word.startsWith("--")) {
        throw new UsageException("not an option: " + word);
      }
      int equals = word.indexOf('=');
      String name = word.substring(2, equals < 0 ? word.length() : equals);
      if (equals >= 0) {
        values.put(name, word.substring(equals + 1));
      } else if (flags.contains(name)) {
        values.put(name, "true");
      } else if (++i < words.size()) {
        values.put(name, words.get(i));
      } else {
        throw new UsageException("--" + name + " needs a value");
      }
    }
    return new Arguments(values);
  }

  Optional<String> text(String name) {
    unused.remove(name);
    return Optional.ofNullable(values.get(name));
  }

  boolean flag(String name) {
    return text(name).isPresent();
  }

  int number(String name, int preset, int least, int most) {
    return text(name).map(value -> parseNumber(name, value, least, most)).orElse(preset);
  }

  /// Words between commas; none if it is not given.
  List<String> list(String name) {
    return text(name).map(text -> List.of(text.split(",", -1))).orElse(List.of());
  }

  /// Numbers between commas; the preset one if it is not given.
  List<Integer> numbers(String name, int preset, int least, int most) {
    List<String> given = list(name);
    return given.isEmpty()
        ? List.of(preset)
        : given.stream().map(value -> parseNumber(name, value, least, most)).toList();
  }

  /// @param least also the unit's floor: `10`, `10s`, `500ms`, `2m`
  Duration duration(String name, Duration preset, Duration least, Duration most) {
    return text(name).map(value -> parseDuration(name, value, least, most)).orElse(preset);
  }

  /// Refuses what nobody asked for.
  void ensureAllUsed() {
    if (!unused.isEmpty()) {
      throw new UsageException("no such option here: --" + String.join(", --", unused));
    }
  }

  private static int parseNumber(String name, String value, int least, int most) {
    if (value.matches("\\d{1,9}")) {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new UsageException(
        "--%s %s: not a number from %d to %d".formatted(name, value, least, most));
  }

  private static Duration parseDuration(String name, String value, Duration least, Duration most) {
    Matcher match = DURATION.matcher(value);
    if (match.matches()) {
      long number = Long.parseLong(match.group(1));
      Duration duration =
          switch (match.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofSeconds(number);
          };
      if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
        return duration;
      }
    }
    throw new UsageException(
        "--%s %s: not a time from %d to %d seconds (like 10, 500ms, 2m)"
            .formatted(name, value, least.toSeconds(), most.toSeconds()));
  }
}
