package dev.parley.notifications;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/// What a user has read and cleared of one stream, by the numbers that its notifications have
/// there. What is cleared counts as read.
record StreamMarks(Ranges read, Ranges cleared) {
  static final StreamMarks NONE = new StreamMarks(Ranges.NONE, Ranges.NONE);

  StreamMarks withRead(long first, long last) {
    return new StreamMarks(read.with(first, last), cleared);
  }

  StreamMarks withCleared(long first, long last) {
    return new StreamMarks(read.with(first, last), cleared.with(first, last));
  }

  /// What is no longer kept needs no exceptions.
  StreamMarks from(Extent extent) {
    return withCleared(1, extent.first() - 1);
  }

  long unreadOf(Extent extent) {
    return extent.count() - read.countWithin(extent.first(), extent.last());
  }

  boolean isEmpty() {
    return read.ranges().isEmpty();
  }

  JsonObject toJson() {
    return new JsonObject().put("read", read.toJson()).put("cleared", cleared.toJson());
  }

  static StreamMarks of(JsonObject json) {
    return new StreamMarks(
        Ranges.of(json.getJsonArray("read", new JsonArray())),
        Ranges.of(json.getJsonArray("cleared", new JsonArray())));
  }
}
