package dev.parley.store.embedded;

import static dev.parley.store.Await.await;

import dev.parley.store.Store;
import dev.parley.store.StoreFixture;
import dev.parley.store.StoreMeters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// An embedded store in a directory of its own, with a clock that stands still unless it is told
/// otherwise. Copies are those that operators make.
final class EmbeddedFixture implements StoreFixture {
  private final Path root;
  private final Vertx vertx = Vertx.vertx();
  private volatile Instant now = Instant.ofEpochSecond(1_800_000_000);
  private int copies;

  private EmbeddedFixture(Path root) {
    this.root = root;
  }

  record Copy(Path file) implements Saved {}

  /// In memory where there is such a file system, since most tests open and close many stores and
  /// none can tell whether a disk was really synced.
  static EmbeddedFixture create() throws IOException {
    Path memory = Path.of("/dev/shm");
    return Files.isWritable(memory)
        ? new EmbeddedFixture(Files.createTempDirectory(memory, "parley-store"))
        : onDisk();
  }

  static EmbeddedFixture onDisk() throws IOException {
    return new EmbeddedFixture(Files.createTempDirectory("parley-store"));
  }

  Path directory() {
    return root.resolve("data");
  }

  Path file() {
    return directory().resolve("parley.db");
  }

  Path root() {
    return root;
  }

  Vertx vertx() {
    return vertx;
  }

  EmbeddedOptions options() {
    return Options.in(directory()).withClock(() -> now);
  }

  Instant now() {
    return now;
  }

  @Override
  public EmbeddedStore open() throws Exception {
    return opened(EmbeddedStore.open(vertx, options(), StoreMeters.NONE));
  }

  EmbeddedStore open(EmbeddedOptions options) throws Exception {
    return opened(EmbeddedStore.open(vertx, options, StoreMeters.NONE));
  }

  EmbeddedStore open(Database database) throws Exception {
    return opened(EmbeddedStore.open(vertx, database, options(), StoreMeters.NONE));
  }

  String refusal() throws Exception {
    return switch (await(EmbeddedStore.open(vertx, options(), StoreMeters.NONE))) {
      case OpenResult.Refused(String line) -> line;
      case OpenResult.Opened(EmbeddedStore store) -> {
        await(store.close());
        yield "opened";
      }
    };
  }

  private static EmbeddedStore opened(Future<OpenResult> opening) throws Exception {
    return switch (await(opening)) {
      case OpenResult.Opened(EmbeddedStore store) -> store;
      case OpenResult.Refused(String line) -> throw new AssertionError(line);
    };
  }

  @Override
  public Saved save(Store store) throws Exception {
    Path copy = root.resolve("copy-" + copies++ + ".db");
    await(store.backup(copy));
    return new Copy(copy);
  }

  @Override
  public void restore(Saved saved) throws Exception {
    empty();
    Files.copy(((Copy) saved).file(), file());
  }

  @Override
  public void empty() throws Exception {
    for (String name : List.of("parley.db", "parley.db-wal", "parley.db-shm")) {
      Files.deleteIfExists(directory().resolve(name));
    }
  }

  @Override
  public void pass(Duration time) {
    now = now.plus(time);
  }

  @Override
  public void keepHouse(Store store) throws Exception {
    await(((EmbeddedStore) store).sweep());
  }

  @Override
  public void end() throws Exception {
    await(vertx.close());
    try (var paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
