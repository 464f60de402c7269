package dev.parley.store;

import dev.parley.protocol.StreamId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// One atomic addition to a stream: all of it or nothing.
///
/// @param events 1–64
/// @param key if an append with this key was stored before, its answer is given again and nothing
///   is stored
/// @param expectedSeq stored only if this is the stream's newest `seq`; looked at after the key
/// @param puts records of the same stream written along; their `seq` becomes that of the last event
/// @param revisions earlier events of the same stream whose payload is replaced
public record Append(
    StreamId stream,
    List<NewEvent> events,
    Optional<IdempotencyKey> key,
    OptionalLong expectedSeq,
    List<RecordPut> puts,
    List<Revision> revisions) {
  public Append {
    events = List.copyOf(events);
    puts = List.copyOf(puts);
    revisions = List.copyOf(revisions);
    if (events.isEmpty() || events.size() > 64) {
      throw new IllegalArgumentException("an append has 1–64 events, not " + events.size());
    }
  }

  public static Append of(StreamId stream, NewEvent event) {
    return new Append(
        stream, List.of(event), Optional.empty(), OptionalLong.empty(), List.of(), List.of());
  }

  public Append withKey(IdempotencyKey key) {
    return new Append(stream, events, Optional.of(key), expectedSeq, puts, revisions);
  }

  public Append expecting(long seq) {
    return new Append(stream, events, key, OptionalLong.of(seq), puts, revisions);
  }

  public Append withPuts(List<RecordPut> records) {
    return new Append(stream, events, key, expectedSeq, records, revisions);
  }

  public Append withRevisions(List<Revision> changed) {
    return new Append(stream, events, key, expectedSeq, puts, changed);
  }

  /// @param payload not empty, at most 1 MiB
  /// @param counted whether it is a message: numbered for unread counts and listed by history
  public record NewEvent(byte[] payload, boolean counted) {}

  /// Replaces an earlier event's payload (an edit, a deletion): readers of the log from then on see
  /// only the new one.
  ///
  /// @param revision the event's current revision; if it is another the whole append is refused
  public record Revision(long seq, int revision, byte[] payload) {}

  /// @param expectedVersion the record's current version, 0 for none; if it is another the whole
  ///   append is refused. Empty: whatever is there is replaced
  public record RecordPut(String key, byte[] value, OptionalLong expectedVersion) {
    public static RecordPut of(String key, byte[] value) {
      return new RecordPut(key, value, OptionalLong.empty());
    }
  }
}
