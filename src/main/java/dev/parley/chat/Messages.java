package dev.parley.chat;

import dev.parley.protocol.ChatEvent.ChatPosted;
import dev.parley.protocol.EventJson;
import dev.parley.protocol.MessageRef;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.StreamId;
import dev.parley.store.Append.RecordPut;
import dev.parley.store.EventLog;
import dev.parley.store.Records;
import dev.parley.store.StoredEvent;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds messages in the log: by their place, or by their id through a record written with them.
final class Messages {
  private static final String BY_ID = "id/";
  private static final int MAX_ID_CHARS = 64;

  /// The record's own position is what matters.
  private static final byte[] INDEXED = {1};

  private final EventLog log;
  private final Records records;

  Messages(EventLog log, Records records) {
    this.log = log;
    this.records = records;
  }

  /// The record that makes a message known by its id; to be put with the append of the message.
  static RecordPut index(String messageId) {
    return RecordPut.of(BY_ID + messageId, INDEXED);
  }

  Future<Optional<Found>> find(RoomName room, MessageRef ref) {
    return seqOf(room, ref)
        .compose(
            seq ->
                seq.isPresent()
                    ? at(room, seq.getAsLong())
                    : Future.succeededFuture(Optional.empty()));
  }

  /// Where the message stands, or would stand.
  Future<OptionalLong> seqOf(RoomName room, MessageRef ref) {
    return switch (ref) {
      case MessageRef.BySeq(var seq) ->
          Future.succeededFuture(seq < 1 ? OptionalLong.empty() : OptionalLong.of(seq));
      case MessageRef.ById(var id) -> seqOf(room, id);
    };
  }

  private Future<OptionalLong> seqOf(RoomName room, String messageId) {
    if (messageId.isEmpty() || messageId.length() > MAX_ID_CHARS) {
      return Future.succeededFuture(OptionalLong.empty());
    }
    return records
        .get(StreamId.of(room), BY_ID + messageId)
        .map(found -> found.stream().mapToLong(Records.StoredRecord::seq).findFirst());
  }

  /// The message at `seq`; empty if there is something else, or nothing (any more).
  Future<Optional<Found>> at(RoomName room, long seq) {
    return log.read(StreamId.of(room), seq - 1, 1)
        .map(events -> events.stream().filter(event -> event.seq() == seq).findFirst())
        .map(event -> event.filter(StoredEvent::counted).map(Messages::toFound));
  }

  /// Reads a counted event: all of a room's are messages.
  static Found toFound(StoredEvent stored) {
    if (EventJson.decode(stored.payload()) instanceof ChatPosted(var message)) {
      return new Found(
          stored.stamp().position(), stored.stamp().number(), stored.revision(), message);
    }
    throw new IllegalStateException("a counted event that is no message: " + stored.stamp());
  }
}
