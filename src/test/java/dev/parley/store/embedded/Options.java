package dev.parley.store.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/// Options for tests.
final class Options {
  private Options() {}

  static EmbeddedOptions in(Path directory) {
    return new EmbeddedOptions(
        directory,
        50_000,
        64L << 20,
        1_024,
        2,
        10_000,
        Duration.ofHours(24),
        Duration.ofDays(365),
        Duration.ofDays(90),
        Duration.ofSeconds(5),
        InstantSource.system());
  }
}
