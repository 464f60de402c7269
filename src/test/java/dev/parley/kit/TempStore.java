package dev.parley.kit;

import dev.parley.config.Config;
import dev.parley.store.StoreMeters;
import dev.parley.store.embedded.EmbeddedOptions;
import dev.parley.store.embedded.EmbeddedStore;
import dev.parley.store.embedded.OpenResult;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// Opens real stores in directories of their own.
final class TempStore {
  private TempStore() {}

  static EmbeddedStore open(Vertx vertx, Path directory) {
    Config config = Config.of("store.directory", directory.toString());
    OpenResult result =
        DomainKit.await(
            EmbeddedStore.open(vertx, EmbeddedOptions.of(config.store()), StoreMeters.NONE));
    return switch (result) {
      case OpenResult.Opened(var store) -> store;
      case OpenResult.Refused(var line) -> throw new AssertionError(line);
    };
  }

  /// In memory where there is such a file system: what a disk would add is not looked at here.
  static Path newDirectory() {
    Path memory = Path.of("/dev/shm");
    try {
      return Files.isWritable(memory)
          ? Files.createTempDirectory(memory, "parley-test")
          : Files.createTempDirectory("parley-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path directory) {
    try (var paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
