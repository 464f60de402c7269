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
import java.util.stream.Stream;

/// The text form of every type that a key may have.
final class TextForms {
  private static final String WHO = "authenticated, granted, self, pair, role:<name> or deny";

  private static final TextForm<Long> NUMBER = new TextForm<>("a whole number", TextForms::number);
  private static final TextForm<Long> BYTES =
      new TextForm<>("a size such as 64KiB or 1MiB", Units::bytes);
  private static final TextForm<List<Admission>> ADMISSIONS =
      new TextForm<>(WHO, TextForms::admissions);

  private static final Map<Type, TextForm<?>> BY_TYPE =
      Map.ofEntries(
          Map.entry(String.class, new TextForm<>("a text", Optional::of)),
          Map.entry(int.class, narrowed(NUMBER)),
          Map.entry(long.class, NUMBER),
          Map.entry(boolean.class, oneOf(new Boolean[] {true, false})),
          Map.entry(
              Duration.class,
              new TextForm<>("a duration such as 500ms, 25s, 24h or 365d", Units::duration)),
          Map.entry(Secret.class, new TextForm<>("a text", made(Secret::new))),
          Map.entry(Path.class, new TextForm<>("a path", made(Path::of))),
          Map.entry(URI.class, new TextForm<>("an address", made(URI::create))),
          Map.entry(Cidr.class, new TextForm<>("addresses such as 10.0.0.0/8 or ::1", Cidr::parse)),
          Map.entry(
              RoomRule.class, new TextForm<>("pattern: who, where who is " + WHO, TextForms::rule)),
          Map.entry(Mode.class, oneOf(Mode.values())),
          Map.entry(Algorithm.class, oneOf(Algorithm.values())),
          Map.entry(TransportKind.class, oneOf(TransportKind.values())),
          Map.entry(RedisAck.class, oneOf(RedisAck.values())),
          Map.entry(LogFormat.class, oneOf(LogFormat.values())),
          Map.entry(LogLevel.class, new TextForm<>(words(LogLevel.values()), LogLevel::parse)));

  private TextForms() {}

  /// The form of a key's values.
  static TextForm<?> of(Key key) {
    var type = key.component().getGenericType();
    if (key.name().endsWith("_bytes")) {
      return type == int.class ? narrowed(BYTES) : BYTES;
    }
    return of(type);
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

  /// Rules hold commas themselves.
  private static String separator(Type element) {
    return element == RoomRule.class ? ";" : ",";
  }

  private static <T> TextForm<List<T>> listOf(TextForm<T> element, String separator) {
    return new TextForm<>(
        "a list of " + element.allowed(),
        text -> allOf(parts(text, separator).map(element.parse()).toList()));
  }

  private static Stream<String> parts(String text, String separator) {
    return Arrays.stream(text.split(separator, -1)).map(String::strip).filter(p -> !p.isEmpty());
  }

  private static <T> Optional<List<T>> allOf(List<Optional<T>> parsed) {
    return parsed.stream().allMatch(Optional::isPresent)
        ? Optional.of(parsed.stream().flatMap(Optional::stream).toList())
        : Optional.empty();
  }

  private static <T> Function<String, Optional<T>> made(Function<String, T> maker) {
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
        words(values),
        text -> Stream.of(values).filter(v -> v.toString().equalsIgnoreCase(text)).findFirst());
  }

  /// Constants as they are written: in lower case, unless they hold a number.
  private static String words(Object[] values) {
    return Stream.of(values)
        .map(Object::toString)
        .map(word -> word.matches("[A-Z]+") ? word.toLowerCase(Locale.ROOT) : word)
        .collect(joining(" or "));
  }

  private static TextForm<Integer> narrowed(TextForm<Long> wide) {
    return new TextForm<>(
        wide.allowed(),
        text -> wide.parse().apply(text).filter(n -> n == n.intValue()).map(Long::intValue));
  }

  private static Optional<Long> number(String text) {
    var digits = text.replace("_", "");
    return digits.matches("-?\\d{1,18}") ? Optional.of(Long.parseLong(digits)) : Optional.empty();
  }

  /// `pattern: who` or `pattern=who`.
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
}
