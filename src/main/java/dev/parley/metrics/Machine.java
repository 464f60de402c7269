package dev.parley.metrics;

import java.nio.file.Path;
import java.util.function.LongConsumer;

/// The machine that this node runs on.
public interface Machine {
  /// How its counters stand now. Blocks, for some milliseconds; the first time for longer. One
  /// thread at a time.
  ///
  /// @throws java.io.UncheckedIOException if the system does not tell
  Reading read();

  /// @param directory on the disk that counts
  static Machine here(Path directory) {
    return LinuxMachine.isHere() ? new LinuxMachine(directory) : new PlainMachine(directory);
  }

  /// The same machine.
  ///
  /// @param nanos told how long each reading took
  default Machine timed(LongConsumer nanos) {
    return () -> {
      long begun = System.nanoTime();
      try {
        return read();
      } finally {
        nanos.accept(System.nanoTime() - begun);
      }
    };
  }
}
