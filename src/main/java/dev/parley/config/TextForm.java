package dev.parley.config;

import java.util.Optional;
import java.util.function.Function;

/// How values of one type are written in files, environment and command line.
///
/// @param <T> the type
/// @param allowed what may be written, for people
/// @param parse empty if the text means nothing
record TextForm<T>(String allowed, Function<String, Optional<T>> parse) {

  /// Accepts an empty text as “none”.
  @SuppressWarnings("OptionalMapToOptional") // Parsed to “none” is not the same as not parsed.
  TextForm<Optional<T>> optional() {
    return new TextForm<>(
        allowed,
        text ->
            text.isEmpty() ? Optional.of(Optional.empty()) : parse.apply(text).map(Optional::of));
  }
}
