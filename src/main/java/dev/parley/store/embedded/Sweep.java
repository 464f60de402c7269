package dev.parley.store.embedded;

import dev.parley.store.embedded.StreamTable.Reaping;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// The house-keeping: rows of forgotten events, expired records, old keys. In steps small enough
/// not to be felt by the writes between them. Belongs to the writer's thread.
final class Sweep {
  private static final int ROWS_A_STEP = 500;
  private static final String PROBE = "probe";

  private final StreamTable streams;
  private final EventTable events;
  private final EventPlaces places;
  private final KeyTables keys;
  private final RecordTable records;
  private final Notes notes;

  Sweep(
      StreamTable streams,
      EventTable events,
      EventPlaces places,
      KeyTables keys,
      RecordTable records,
      Notes notes) {
    this.streams = streams;
    this.events = events;
    this.places = places;
    this.keys = keys;
    this.records = records;
    this.notes = notes;
  }

  /// @return whether there is more to do
  boolean step(Instant now) throws SQLException {
    boolean moreKeys = keys.turn(now);
    boolean moreRecords = records.sweep(now, ROWS_A_STEP) == ROWS_A_STEP;
    Optional<Reaping> reaping = streams.nextToReap();
    if (reaping.isPresent()) {
      reap(reaping.get());
    }
    return moreKeys || moreRecords || reaping.isPresent();
  }

  void probe(Instant now) throws SQLException {
    notes.write(PROBE, now.toEpochMilli());
  }

  /// What has no place yet gets one first.
  private void reap(Reaping reaping) throws SQLException {
    long upTo = Math.min(reaping.upTo(), reaping.after() + ROWS_A_STEP);
    if (!places.hasAll(reaping.stream(), upTo)) {
      places.hurry();
      return;
    }
    events.delete(reaping.stream(), reaping.after(), upTo);
    streams.reaped(reaping.stream(), upTo);
  }
}
