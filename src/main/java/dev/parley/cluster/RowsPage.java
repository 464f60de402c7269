package dev.parley.cluster;

import dev.parley.cluster.RowsDelta.Written;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/// A part of all of a node's rows, in the order of their keys.
///
/// @param version the node's version when it was read
/// @param last whether no more follow
record RowsPage(String run, long version, List<Written> rows, boolean last) {
  RowsPage {
    rows = List.copyOf(rows);
  }

  Buffer toBuffer() {
    JsonArray written = new JsonArray();
    rows.forEach(row -> written.add(RowsDelta.toJson(row)));
    return new JsonObject()
        .put("run", run)
        .put("version", version)
        .put("rows", written)
        .put("last", last)
        .toBuffer();
  }

  static RowsPage of(Buffer buffer) {
    JsonObject json = buffer.toJsonObject();
    return new RowsPage(
        json.getString("run"),
        json.getLong("version"),
        RowsDelta.rowsOf(json),
        json.getBoolean("last"));
  }
}
