package dev.parley.rest;

import dev.parley.protocol.Fields;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import io.vertx.core.MultiMap;
import java.util.Optional;
import java.util.function.Function;

/// The parameters of a query, each read as what it must be. An empty one counts as absent; of one
/// given twice the first counts; those not asked for are ignored. A wrong one ends the reading as
/// in [Fields].
record Query(MultiMap values) {
  Optional<String> text(String name, int max) {
    return Optional.ofNullable(values.get(name))
        .filter(text -> !text.isEmpty())
        .map(text -> Fields.asText(name, text, max));
  }

  Optional<Long> number(String name, long min, long max) {
    return text(name, Integer.MAX_VALUE).map(text -> toNumber(name, text, min, max));
  }

  int number(String name, int min, int max, int fallback) {
    return number(name, min, max).map(Long::intValue).orElse(fallback);
  }

  /// `true` or `false`; false if it is not there.
  boolean flag(String name) {
    return word(name, Query::toFlag, "true or false").orElse(false);
  }

  Optional<RoomName> room(String name) {
    return word(name, RoomName::parse, "1–128 of letters, digits and . _ - : @");
  }

  Optional<UserId> user(String name) {
    return word(name, UserId::parse, "1–128 of letters, digits and . _ - @ : | +");
  }

  /// @param known what it may be, for people
  <T> Optional<T> word(String name, Function<String, Optional<T>> parse, String known) {
    return text(name, Integer.MAX_VALUE)
        .map(text -> parse.apply(text).orElseThrow(() -> Fields.wrong(name, "must be " + known)));
  }

  private static Optional<Boolean> toFlag(String text) {
    return switch (text) {
      case "true", "1" -> Optional.of(true);
      case "false", "0" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static long toNumber(String name, String text, long min, long max) {
    try {
      long number = Long.parseLong(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException _) {
      // said below
    }
    throw Fields.wrong(
        name,
        max == Long.MAX_VALUE
            ? "must be a whole number from " + min
            : "must be a whole number from " + min + " to " + max);
  }
}
