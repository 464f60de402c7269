package dev.parley.config;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The text form of every type that a key may have.
final class TextForms {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|min|h|d|y|)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})\\s*(|B|KiB|MiB|GiB)");
  private static final Map<String, Long> MILLIS =
      Map.of(
          "ms", 1L,
          "s", 1_000L,
          "", 1_000L,
          "m", 60_000L,
          "min", 60_000L,
          "h", 3_600_000L,
          "d", 86_400_000L,
          "y", 365 * 86_400_000L);

  private static final TextForm<String> TEXT = new TextForm<>("a text", Optional::of, t -> t);
  private static final TextForm<Long> NUMBER =
      new TextForm<>("a whole number", TextForms::number, String::valueOf);
  private static final TextForm<Long> SIZE_IN_BYTES =
      new TextForm<>("a size such as 64KiB or 1MiB", TextForms::size, TextForms::bytesText);
  private static final TextForm<Admission> ADMISSION =
      new TextForm<>(
          "authenticated, granted, self, pair, role:<name> or deny",
          Admission::parse,
          Admission::toText);
  private static final TextForm<List<Admission>> ADMISSIONS =
      new TextForm<>(ADMISSION.allowed(), TextForms::admissions, TextForms::admissionsText);

  private static final Map<Type, TextForm<?>> BY_TYPE =
      Map.ofEntries(
          Map.entry(String.class, TEXT),
          Map.entry(int.class, narrowed(NUMBER)),
          Map.entry(long.class, NUMBER),
          Map.entry(boolean.class, oneOf(new Boolean[] {true, false})),
          Map.entry(
              Duration.class,
              new TextForm<>(
                  "a duration such as 500ms, 25s, 24h or 365d",
                  TextForms::duration,
                  TextForms::durationText)),
          Map.entry(Secret.class, new TextForm<>("a text", text(Secret::new), Secret::toString)),
          Map.entry(Path.class, new TextForm<>("a path", text(Path::of), Path::toString)),
          Map.entry(URI.class, new TextForm<>("an address", text(URI::create), URI::toString)),
          Map.entry(
              Cidr.class,
              new TextForm<>("addresses such as 10.0.0.0/8 or ::1", Cidr::parse, Cidr::toString)),
          Map.entry(
              RoomRule.class,
              new TextForm<>(
                  "pattern: who, where who is " + ADMISSION.allowed(),
                  TextForms::rule,
                  rule -> rule.pattern() + ": " + admissionsText(rule.admitted()))),
          Map.entry(Mode.class, oneOf(Mode.values())),
          Map.entry(Algorithm.class, oneOf(Algorithm.values())),
          Map.entry(TransportKind.class, oneOf(TransportKind.values())),
          Map.entry(LogFormat.class, oneOf(LogFormat.values())),
          Map.entry(LogLevel.class, logLevel()));

  private TextForms() {}

  /// The form of a key's values.
  @SuppressWarnings("unchecked")
  static TextForm<Object> of(Key key) {
    var type = key.component().getGenericType();
    return (TextForm<Object>) (key.name().endsWith("_bytes") ? sizeIn(type) : of(type));
  }

  private static TextForm<?> sizeIn(Type type) {
    return type == int.class ? narrowed(SIZE_IN_BYTES) : SIZE_IN_BYTES;
  }

  private static TextForm<?> of(Type type) {
    if (!(type instanceof ParameterizedType generic)) {
      return Objects.requireNonNull(BY_TYPE.get(type), type::getTypeName);
    }
    var element = generic.getActualTypeArguments()[0];
    if (generic.getRawType() == Optional.class) {
      return of(element).optional();
    }
    return element == Admission.class ? ADMISSIONS : listOf(of(element), separator(element));
  }

  private static String separator(Type element) {
    return element == RoomRule.class ? ";" : ",";
  }

  private static <T> TextForm<List<T>> listOf(TextForm<T> element, String separator) {
    return new TextForm<>(
        "a list of " + element.allowed(),
        text -> allOf(parts(text, separator).map(element.parse()).toList()),
        list -> list.stream().map(element.format()).collect(joining(separator + " ")));
  }

  private static Stream<String> parts(String text, String separator) {
    return Arrays.stream(text.split(separator, -1)).map(String::strip).filter(p -> !p.isEmpty());
  }

  private static <T> Optional<List<T>> allOf(List<Optional<T>> parsed) {
    return parsed.stream().allMatch(Optional::isPresent)
        ? Optional.of(parsed.stream().flatMap(Optional::stream).toList())
        : Optional.empty();
  }

  private static <T> Function<String, Optional<T>> text(Function<String, T> maker) {
    return text -> {
      try {
        return text.isEmpty() ? Optional.empty() : Optional.of(maker.apply(text));
      } catch (IllegalArgumentException _) {
        return Optional.empty();
      }
    };
  }

  private static <T> TextForm<T> oneOf(T[] values) {
    return new TextForm<>(
        Stream.of(values).map(TextForms::word).collect(joining(" or ")),
        text -> Stream.of(values).filter(v -> word(v).equalsIgnoreCase(text)).findFirst(),
        TextForms::word);
  }

  private static String word(Object value) {
    return value instanceof Algorithm
        ? value.toString()
        : value.toString().toLowerCase(Locale.ROOT);
  }

  /// Knows the words of other logging systems too, which `LOG_LEVEL` may hold.
  private static TextForm<LogLevel> logLevel() {
    var plain = oneOf(LogLevel.values());
    var others =
        Map.of("warning", LogLevel.WARN, "critical", LogLevel.ERROR, "fatal", LogLevel.ERROR);
    return new TextForm<>(
        plain.allowed(),
        text ->
            plain
                .parse()
                .apply(text)
                .or(() -> Optional.ofNullable(others.get(text.toLowerCase(Locale.ROOT)))),
        plain.format());
  }

  private static TextForm<Integer> narrowed(TextForm<Long> wide) {
    return new TextForm<>(
        wide.allowed(),
        text ->
            wide.parse()
                .apply(text)
                .filter(n -> n >= Integer.MIN_VALUE && n <= Integer.MAX_VALUE)
                .map(Long::intValue),
        value -> wide.format().apply((long) value));
  }

  private static Optional<Long> number(String text) {
    var digits = text.replace("_", "");
    return digits.matches("-?\\d{1,18}") ? Optional.of(Long.parseLong(digits)) : Optional.empty();
  }

  private static Optional<Long> size(String text) {
    var matcher = SIZE.matcher(text.replace("_", ""));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int shift =
        switch (matcher.group(2)) {
          case "KiB" -> 10;
          case "MiB" -> 20;
          case "GiB" -> 30;
          default -> 0;
        };
    return Optional.of(Long.parseLong(matcher.group(1)) << shift);
  }

  static String bytesText(long bytes) {
    if (bytes == 0 || bytes % (1 << 10) != 0) {
      return Long.toString(bytes);
    }
    if (bytes % (1 << 20) != 0) {
      return (bytes >> 10) + "KiB";
    }
    return bytes % (1 << 30) != 0 ? (bytes >> 20) + "MiB" : (bytes >> 30) + "GiB";
  }

  private static Optional<Duration> duration(String text) {
    var matcher = DURATION.matcher(text);
    return matcher.matches()
        ? Optional.of(
            Duration.ofMillis(
                Long.parseLong(matcher.group(1)) * MILLIS.getOrDefault(matcher.group(2), 1_000L)))
        : Optional.empty();
  }

  static String durationText(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1_000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1_000;
    if (seconds >= 172_800 && seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds >= 3_600 && seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds >= 120 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  private static Optional<RoomRule> rule(String text) {
    int colon = text.indexOf(": ");
    int separator = colon < 0 ? text.indexOf('=') : colon;
    if (separator < 0) {
      return Optional.empty();
    }
    var pattern = text.substring(0, separator).strip();
    return admissions(text.substring(separator + 1).strip())
        .map(admitted -> new RoomRule(pattern, admitted));
  }

  private static Optional<List<Admission>> admissions(String text) {
    return switch (text) {
      case "deny" -> Optional.of(List.of());
      case "" -> Optional.empty();
      default -> allOf(parts(text, ",").map(Admission::parse).toList());
    };
  }

  private static String admissionsText(List<Admission> admitted) {
    return admitted.isEmpty()
        ? "deny"
        : admitted.stream().map(Admission::toText).collect(joining(", "));
  }
}
