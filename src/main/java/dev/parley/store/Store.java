package dev.parley.store;

import io.vertx.core.Future;
import java.nio.file.Path;

/// An open store: its ports, and its end.
public interface Store {
  EventLog log();

  Records records();

  /// Writes a consistent copy while the store serves; the target must not exist.
  Future<Void> backup(Path target);

  /// Completes what was accepted, then closes. Later calls fail as unavailable.
  Future<Void> close();
}
