package dev.parley.store;

import dev.parley.protocol.StreamId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// One atomic addition to a stream: all of it or nothing.
///
/// @param events 1–64
/// @param key if an append with this key was stored before, its answer is given again and nothing
///   is stored
/// @param expectedSeq stored only if this is the stream's newest `seq`; looked at after the key
/// @param puts records of the same stream written along, each key once; their `seq` becomes that of
///   the last event
/// @param revisions earlier events of the same stream whose payload is replaced, each once
public record Append(
    StreamId stream,
    List<NewEvent> events,
    Optional<IdempotencyKey> key,
    OptionalLong expectedSeq,
    List<RecordPut> puts,
    List<Revision> revisions) {
  private static final int MAX_PAYLOAD_BYTES = 1 << 20;

  public Append {
    events = List.copyOf(events);
    puts = List.copyOf(puts);
    revisions = List.copyOf(revisions);
    if (events.isEmpty() || events.size() > 64) {
      throw new IllegalArgumentException("an append has 1–64 events, not " + events.size());
    }
    ensureDistinct("record", puts.stream().map(RecordPut::key));
    ensureDistinct("revision", revisions.stream().map(Revision::seq));
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

  private static void ensureDistinct(String what, Stream<?> names) {
    var seen = new HashSet<Object>();
    if (!names.allMatch(seen::add)) {
      throw new IllegalArgumentException("an append writes a " + what + " twice");
    }
  }

  private static void ensureSize(byte[] payload) {
    if (payload.length == 0 || payload.length > MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException("a payload of " + payload.length + " bytes");
    }
  }

  /// @param payload not empty, at most 1 MiB
  /// @param counted whether it is a message: numbered for unread counts and listed by history
  /// @param plain whether it is known to hold nothing that asks for more than to be delivered, so
  ///   that who follows the change feed to act on events need not read it
  public record NewEvent(byte[] payload, boolean counted, boolean plain) {
    public NewEvent {
      ensureSize(payload);
    }

    /// One that is not known to be plain.
    public NewEvent(byte[] payload, boolean counted) {
      this(payload, counted, false);
    }

    public NewEvent asPlain() {
      return new NewEvent(payload, counted, true);
    }
  }

  /// Replaces an earlier event's payload (an edit, a deletion): readers of the log from then on see
  /// only the new one.
  ///
  /// @param revision the event's current revision; if it is another the whole append is refused
  /// @param payload not empty, at most 1 MiB
  public record Revision(long seq, int revision, byte[] payload) {
    public Revision {
      ensureSize(payload);
    }
  }

  /// @param key not empty
  /// @param value at most 1 MiB
  /// @param expectedVersion the record's current version, 0 for none; if it is another the whole
  ///   append is refused. Empty: whatever is there is replaced
  public record RecordPut(String key, byte[] value, OptionalLong expectedVersion) {
    public RecordPut {
      if (key.isEmpty() || value.length > MAX_PAYLOAD_BYTES) {
        throw new IllegalArgumentException("a record without key, or larger than 1 MiB");
      }
    }

    public static RecordPut of(String key, byte[] value) {
      return new RecordPut(key, value, OptionalLong.empty());
    }
  }
}
