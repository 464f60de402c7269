package dev.parley.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// Which Parley this is.
final class Version {
  private Version() {}

  /// As the build wrote it, such as `0.1.0-SNAPSHOT`.
  static String text() {
    try (var file = Version.class.getResourceAsStream("version.txt")) {
      var bytes = Objects.requireNonNull(file, "version.txt").readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
