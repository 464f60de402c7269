package dev.parley.chat;

import dev.parley.protocol.RoomName;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.UserId;
import dev.parley.store.Append.RecordPut;
import dev.parley.store.Records;
import dev.parley.store.Records.StoredRecord;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/// The records of what messages said before they were edited. Each is written in the append of its
/// edit, so its position is that of the edit's event.
final class EditHistory {
  /// Further edits of one message are refused: a deletion must reach all of them in one append.
  static final int MAX_EDITS = 500;

  private static final String PREFIX = "edit/";

  private final Records records;

  EditHistory(Records records) {
    this.records = records;
  }

  Future<List<PastEdit>> of(RoomName room, String messageId) {
    String prefix = PREFIX + messageId + '/';
    return records
        .scan(StreamId.of(room), prefix, "", MAX_EDITS)
        .map(found -> found.stream().map(edit -> toEdit(messageId, prefix, edit)).toList());
  }

  static RecordPut put(PastEdit edit) {
    String key = "%s%s/%010d".formatted(PREFIX, edit.messageId(), edit.revision());
    JsonObject value =
        new JsonObject()
            .put("replaced", edit.replaced())
            .put("by", edit.by().value())
            .put("username", edit.username())
            .put("seq", edit.seq())
            .put("at", edit.at().toString());
    return RecordPut.of(key, value.toBuffer().getBytes());
  }

  /// A record that was written again (the message was deleted) has its position in itself.
  private static PastEdit toEdit(String messageId, String prefix, StoredRecord found) {
    JsonObject value = new JsonObject(Buffer.buffer(found.value()));
    long seq = value.getLong("seq");
    return new PastEdit(
        messageId,
        Integer.parseInt(found.key().substring(prefix.length())),
        seq == 0 ? found.seq() : seq,
        value.getString("replaced"),
        new UserId(value.getString("by")),
        value.getString("username"),
        Instant.parse(value.getString("at")));
  }
}
