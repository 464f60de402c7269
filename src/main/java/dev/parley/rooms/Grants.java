package dev.parley.rooms;

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

/// The stored rights to enter rooms: one record per room and user, written together with the event
/// that tells of it.
///
/// Nothing is cached: a right is read where it is needed, once or twice per join, so a revocation
/// holds from the moment it is stored, on whichever node it was made.
final class Grants {
  private static final String PREFIX = "grant/";

  private final Records records;

  Grants(Records records) {
    this.records = records;
  }

  Future<Boolean> has(RoomName room, UserId user) {
    return records
        .get(StreamId.of(room), PREFIX + user)
        .map(found -> found.map(Grants::isGranted).orElse(false));
  }

  /// A revocation is a record too, since an append cannot remove one.
  static RecordPut put(UserId user, boolean granted, UserId by, Instant at) {
    JsonObject value =
        new JsonObject().put("granted", granted).put("by", by.value()).put("at", at.toString());
    return RecordPut.of(PREFIX + user, value.toBuffer().getBytes());
  }

  private static boolean isGranted(StoredRecord found) {
    return new JsonObject(Buffer.buffer(found.value())).getBoolean("granted", false);
  }
}
