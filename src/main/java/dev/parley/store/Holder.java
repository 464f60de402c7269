package dev.parley.store;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/// What the record of a [Duty] says. Fields that only newer nodes know are ignored.
///
/// @param owner who has it; empty: it was given up
/// @param term how often it changed hands
/// @param length for which the owner may count on it after each write
record Holder(String owner, long term, Duration length) {
  private static final String OWNER = "owner";
  private static final String TERM = "term";
  private static final String MILLIS = "millis";

  boolean isFree() {
    return owner.isEmpty();
  }

  byte[] toBytes() {
    return new JsonObject()
        .put(OWNER, owner)
        .put(TERM, term)
        .put(MILLIS, length.toMillis())
        .toBuffer()
        .getBytes();
  }

  /// What cannot be read is somebody's, for as long as is usual.
  static Holder of(byte[] value, Duration usual) {
    try {
      JsonObject json = Buffer.buffer(value).toJsonObject();
      return new Holder(
          json.getString(OWNER, "?"),
          json.getLong(TERM, 0L),
          Duration.ofMillis(json.getLong(MILLIS, usual.toMillis())));
    } catch (DecodeException | ClassCastException _) {
      return new Holder("?", 0, usual);
    }
  }
}
