package dev.parley.store.embedded;

import dev.parley.protocol.Position;
import dev.parley.protocol.Stamp;
import dev.parley.protocol.StreamId;
import dev.parley.store.Answer;
import dev.parley.store.Append;
import dev.parley.store.Append.NewEvent;
import dev.parley.store.Append.RecordPut;
import dev.parley.store.Append.Revision;
import dev.parley.store.AppendResult;
import dev.parley.store.AppendResult.Appended;
import dev.parley.store.AppendResult.Behind;
import dev.parley.store.AppendResult.Stale;
import dev.parley.store.Records.PutResult;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What can be written, between [#begin] and [#commit]: that is one transaction. Each call looks at
/// everything that may refuse it before it writes anything, so a refusal leaves the transaction as
/// it was. Belongs to the writer's thread.
final class Ledger implements AutoCloseable {
  private final Statements sql;
  private final StreamTable streamTable;
  private final OpenStreams streams;
  private final EventPlaces places;
  private final EventTable events;
  private final KeyTables keys;
  private final RecordTable records;
  private final Retention retention;
  private final Sweep sweep;
  private final Erasure erasure;
  private final InstantSource clock;

  private final RecentEvents recent;

  /// @param life names this uninterrupted history of the store
  Ledger(Statements sql, RecentEvents recent, long life, EmbeddedOptions options)
      throws SQLException {
    var notes = new Notes(sql);
    this.sql = sql;
    this.streamTable = new StreamTable(sql);
    this.streams = new OpenStreams(streamTable, life);
    this.recent = recent;
    this.places = new EventPlaces(sql, notes, recent, EventPlaces.RECENT);
    this.events = new EventTable(sql, places);
    this.keys = new KeyTables(sql, notes, options.keysKept(), KeyTables.RECENT);
    this.records = new RecordTable(sql);
    this.retention = new Retention(sql, notes, options.messagesKept(), options.notificationsKept());
    this.sweep = new Sweep(streamTable, events, places, keys, records, notes);
    this.erasure = new Erasure(sql);
    this.clock = options.clock();
  }

  void begin() throws SQLException {
    sql.begin();
  }

  /// A [Behind] comes without what was missed, which the writer is not kept busy with.
  AppendResult append(Append append) throws SQLException {
    StreamState stream = streams.get(append.stream());
    Optional<Appended> first = firstAnswer(append, stream);
    if (first.isPresent()) {
      return first.get();
    }
    if (append.expectedSeq().orElse(stream.seq()) != stream.seq()) {
      return new Behind(List.of());
    }
    Instant now = clock.instant();
    return isStale(append, stream, now) ? new Stale() : store(append, now);
  }

  PutResult put(StreamId scope, RecordPut put, Optional<Instant> expiresAt) throws SQLException {
    Instant now = clock.instant();
    long version = records.versionOf(streams.get(scope).id(), put.key(), now);
    if (isOther(put.expectedVersion(), version)) {
      return new PutResult.Stale(records.find(scope, put.key(), now));
    }
    long id = streams.getKnown(scope).id();
    records.put(id, put.key(), 0, expiresAt, put.value(), now);
    return new PutResult.Written(version + 1);
  }

  boolean remove(StreamId scope, String key) throws SQLException {
    return records.remove(scope, key) > 0;
  }

  /// Forgets events at once; their rows go with the next sweeps.
  ///
  /// @return whether there was anything to forget
  boolean trim(StreamId id, long upTo) throws SQLException {
    StreamState stream = streams.get(id);
    long last = Math.min(upTo, stream.seq());
    if (last <= stream.trimmed()) {
      return false;
    }
    if (last == stream.seq()) {
      events.empty(stream.id(), last);
      erasure.want();
    }
    streams.set(id, stream.trimmedTo(last));
    streams.flush();
    return true;
  }

  /// Does a bounded part of the house-keeping.
  ///
  /// @return whether there is more to do
  boolean sweep() throws SQLException {
    streams.flush();
    Instant now = clock.instant();
    Map<StreamId, Long> tooOld = retention.due(now);
    for (var stream : tooOld.entrySet()) {
      boolean _ = trim(stream.getKey(), stream.getValue());
    }
    boolean more = sweep.step(now) || !tooOld.isEmpty();
    if (more) {
      erasure.want();
    } else {
      erasure.onSweep();
    }
    return more;
  }

  /// Lets nothing of what was replaced or removed remain on the disk, if that is due. Between two
  /// transactions.
  void erase() throws SQLException {
    erasure.carryOut();
  }

  /// Writes something of no meaning, to see whether it can be written.
  void probe() throws SQLException {
    sweep.probe(clock.instant());
  }

  /// Makes everything since [#begin] durable.
  void commit() throws SQLException {
    streams.flush();
    keys.settle();
    places.settle();
    sql.commit();
    places.onCommitted();
  }

  /// Moves what the log holds into the file. Between two transactions.
  ///
  /// @return how many pages the log has
  long emptyLog() throws SQLException {
    return sql.first("PRAGMA wal_checkpoint(PASSIVE)", row -> row.getLong(2)).orElse(0L);
  }

  /// Ends the connection; what was not committed is undone.
  @Override
  public void close() throws SQLException {
    recent.expire();
    sql.close();
  }

  private Optional<Appended> firstAnswer(Append append, StreamState stream) throws SQLException {
    if (append.key().isEmpty() || !stream.isKnown()) {
      return Optional.empty();
    }
    Optional<Answer> answer = keys.find(stream.id(), append.key().get());
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    List<Stamp> stamps = answer.get().stamps(streamTable.history(append.stream()));
    return Optional.of(new Appended(stamps, true));
  }

  private boolean isStale(Append append, StreamState stream, Instant now) throws SQLException {
    for (Revision revision : append.revisions()) {
      if (revision.seq() <= stream.trimmed()
          || events.revisionOf(stream.id(), revision.seq()) != revision.revision()) {
        return true;
      }
    }
    for (RecordPut put : append.puts()) {
      if (put.expectedVersion().isPresent()
          && isOther(put.expectedVersion(), records.versionOf(stream.id(), put.key(), now))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOther(OptionalLong expected, long version) {
    return expected.isPresent() && expected.getAsLong() != version;
  }

  private Appended store(Append append, Instant now) throws SQLException {
    String previousEpoch = streams.get(append.stream()).epoch();
    StreamState stream = streams.getWritable(append.stream());
    var stamps = new ArrayList<Stamp>(append.events().size());
    for (NewEvent event : append.events()) {
      stream = stream.after(stream.seq() + 1, stream.number() + (event.counted() ? 1 : 0));
      events.insert(stream.id(), stream.seq(), stream.number(), event);
      var position = new Position(stream.epoch(), stream.seq());
      stamps.add(new Stamp(position, previousEpoch, stream.number()));
      previousEpoch = stream.epoch();
    }
    streams.set(append.stream(), stream);
    storeAlong(append, stream, stamps.getLast(), now);
    return new Appended(stamps, false);
  }

  private void storeAlong(Append append, StreamState stream, Stamp last, Instant now)
      throws SQLException {
    for (Revision revision : append.revisions()) {
      events.revise(stream.id(), revision);
      erasure.want();
    }
    for (RecordPut put : append.puts()) {
      records.put(stream.id(), put.key(), last.seq(), Optional.empty(), put.value(), now);
    }
    if (append.key().isPresent()) {
      keys.insert(stream.id(), append.key().get(), Answer.of(append, last));
    }
  }
}
