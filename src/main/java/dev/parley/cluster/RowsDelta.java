package dev.parley.cluster;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What changed in a node's rows. Nothing, if only the version is told.
///
/// @param run names one run of the node
/// @param from the version before
/// @param to the version after
record RowsDelta(String run, long from, long to, List<Written> rows) {
  RowsDelta {
    rows = List.copyOf(rows);
  }

  /// @param value empty: the row is gone
  /// @param late whether what was told of it may be heard long after it
  record Written(String key, long version, Optional<String> value, Told told, boolean late) {
    Written(String key, long version, Optional<String> value) {
      this(key, version, value, Told.THIS, false);
    }

    /// A row that is not there any more, which nobody told.
    static Written gone(String key, boolean late) {
      return new Written(key, 0, Optional.empty(), Told.UNKNOWN, late);
    }

    /// As it is taken from a page: nobody knows what was told of it.
    Written read() {
      return new Written(key, version, value, Told.UNKNOWN, true);
    }
  }

  Buffer toBuffer() {
    JsonArray written = new JsonArray();
    rows.forEach(row -> written.add(toJson(row)));
    return new JsonObject()
        .put("run", run)
        .put("from", from)
        .put("to", to)
        .put("rows", written)
        .toBuffer();
  }

  static RowsDelta of(Buffer buffer) {
    JsonObject json = buffer.toJsonObject();
    return new RowsDelta(
        json.getString("run"), json.getLong("from"), json.getLong("to"), rowsOf(json));
  }

  static JsonArray toJson(Written row) {
    JsonArray json = new JsonArray().add(row.key()).add(row.version());
    json.add(row.value().orElse(null));
    boolean notThis = row.told() == Told.NOTHING || row.told() == Told.OPPOSITE;
    boolean opposite = row.told() == Told.OPPOSITE;
    if (notThis || row.late()) {
      json.add(notThis);
    }
    if (opposite || row.late()) {
      json.add(opposite);
    }
    return row.late() ? json.add(true) : json;
  }

  /// Newer nodes may say more of a row.
  private static Told told(JsonArray row) {
    if (!isTrue(row, 3)) {
      return Told.THIS;
    }
    return isTrue(row, 4) ? Told.OPPOSITE : Told.NOTHING;
  }

  private static boolean isTrue(JsonArray row, int at) {
    return row.size() > at && Boolean.TRUE.equals(row.getValue(at));
  }

  static List<Written> rowsOf(JsonObject json) {
    JsonArray array = json.getJsonArray("rows");
    List<Written> rows = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      JsonArray row = array.getJsonArray(i);
      Optional<String> value = Optional.ofNullable(row.getString(2));
      rows.add(new Written(row.getString(0), row.getLong(1), value, told(row), isTrue(row, 5)));
    }
    return rows;
  }
}
