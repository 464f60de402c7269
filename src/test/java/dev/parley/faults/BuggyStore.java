package dev.parley.faults;

import dev.parley.kit.PassingLog;
import dev.parley.store.EventLog;
import dev.parley.store.Records;
import dev.parley.store.Store;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/// A store that has the [PlantedBug] it was told last.
public final class BuggyStore implements Store {
  private final Store store;
  private final EventLog log = new Switched();
  private final Records records;
  private final Map<PlantedBug, EventLog> logs = new EnumMap<>(PlantedBug.class);
  private volatile PlantedBug bug;

  public BuggyStore(Store store, PlantedBug bug) {
    this.store = store;
    this.bug = bug;
    this.records = new CredulousRecords(store, () -> this.bug == PlantedBug.CREDULOUS);
    for (PlantedBug each : PlantedBug.values()) {
      logs.put(each, each.plant(store.log()));
    }
  }

  public void setBug(PlantedBug bug) {
    this.bug = bug;
  }

  @Override
  public EventLog log() {
    return log;
  }

  @Override
  public Records records() {
    return records;
  }

  @Override
  public Future<Void> backup(Path target) {
    return store.backup(target);
  }

  @Override
  public Future<Void> close() {
    return store.close();
  }

  private final class Switched extends PassingLog {
    @Override
    protected EventLog log() {
      return logs.getOrDefault(bug, store.log());
    }
  }
}
