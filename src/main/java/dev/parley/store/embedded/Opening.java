package dev.parley.store.embedded;

import dev.parley.store.StoreMeters;
import dev.parley.store.embedded.DirectoryLock.Attempt;
import dev.parley.store.embedded.OpenResult.Opened;
import dev.parley.store.embedded.OpenResult.Refused;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// The steps from a directory to an open store: lock, look, migrate, read what has no place yet,
/// start. Blocks.
final class Opening {
  private final Vertx vertx;
  private final Database database;
  private final EmbeddedOptions options;
  private final StoreMeters meters;
  private final RecentEvents recent = new RecentEvents();

  Opening(Vertx vertx, Database database, EmbeddedOptions options, StoreMeters meters) {
    this.vertx = vertx;
    this.database = database;
    this.options = options;
    this.meters = meters;
  }

  OpenResult attempt() {
    Path directory = options.directory();
    try {
      DirectoryLock.make(directory);
      return switch (DirectoryLock.attempt(directory)) {
        case Attempt.Held(DirectoryLock lock) -> openIn(lock);
        case Attempt.Taken(String pid) ->
            new Refused("The directory %s is in use by process %s".formatted(directory, pid));
      };
    } catch (IOException e) {
      return new Refused("The directory %s cannot be used (%s)".formatted(directory, e));
    }
  }

  /// The lock passes to the store, or ends here.
  private OpenResult openIn(DirectoryLock lock) throws IOException {
    boolean passedOn = false;
    try {
      Optional<String> refusal = prepare();
      if (refusal.isPresent()) {
        return new Refused(refusal.get());
      }
      var store = new EmbeddedStore(vertx, database, recent, lock, options, meters);
      passedOn = true;
      store.start();
      return new Opened(store);
    } finally {
      if (!passedOn) {
        lock.close();
      }
    }
  }

  private Optional<String> prepare() throws IOException {
    var inspection = new Inspection(database);
    Optional<String> finding = inspection.finding(options.checkLimit());
    if (finding.isPresent()) {
      return finding;
    }
    try (Connection connection = database.openWriter();
        Statements sql = new Statements(connection)) {
      Schema.migrate(connection, options.clock().instant());
      EventPlaces.fill(sql, new Notes(sql), recent);
      return Optional.empty();
    } catch (SQLException e) {
      return Optional.of(inspection.explain(e));
    }
  }
}
