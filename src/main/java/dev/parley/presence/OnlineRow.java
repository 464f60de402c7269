package dev.parley.presence;

import dev.parley.protocol.NodeId;
import dev.parley.protocol.PresenceStatus;
import dev.parley.protocol.UserId;
import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/// What one node says of a user who counts as online there. Its text is an array without the last
/// fields that are empty: `[status, said at, connections, left at, username, message, location]`,
/// times in milliseconds, 0 for none; the username only if it is not the id.
///
/// @param connections open there; none during the grace
/// @param leftAt when the last one closed, during the grace
record OnlineRow(NodeId node, Statement said, int connections, Optional<Instant> leftAt) {
  static final String PREFIX = "u:";

  /// Who said something last; of two at once, the node decides, everywhere alike.
  static final Comparator<OnlineRow> BY_STATEMENT =
      Comparator.comparing((OnlineRow row) -> row.said().at())
          .thenComparing(row -> row.node().value());

  /// Who left last, likewise.
  static final Comparator<OnlineRow> BY_LEAVING =
      Comparator.comparing((OnlineRow row) -> row.leftAt().orElse(Instant.MAX))
          .thenComparing(row -> row.node().value());

  static boolean isKey(String key) {
    return key.startsWith(PREFIX);
  }

  static String key(UserId user) {
    return PREFIX + user.value();
  }

  static UserId user(String key) {
    return new UserId(key.substring(PREFIX.length()));
  }

  boolean isOpen() {
    return connections > 0;
  }

  String text(UserId user) {
    JsonArray fields =
        new JsonArray()
            .add(said.status().word())
            .add(said.at().toEpochMilli())
            .add(connections)
            .add(leftAt.map(Instant::toEpochMilli).orElse(0L))
            .add(said.username().equals(user.value()) ? "" : said.username())
            .add(said.statusMessage().orElse(""))
            .add(said.location().orElse(""));
    int size = fields.size();
    while (isEmpty(fields.getValue(size - 1))) {
      size--;
      Object _ = fields.remove(size);
    }
    return fields.encode();
  }

  private static boolean isEmpty(Object field) {
    return field.equals("") || field.equals(0L);
  }

  static OnlineRow parse(NodeId node, UserId user, String text) {
    JsonArray fields = new JsonArray(text);
    Statement said =
        new Statement(
            text(fields, 4).orElse(user.value()),
            PresenceStatus.parse(fields.getString(0)).orElse(PresenceStatus.ONLINE),
            text(fields, 5),
            text(fields, 6),
            Instant.ofEpochMilli(fields.getLong(1)));
    return new OnlineRow(node, said, number(fields, 2).intValue(), leftAt(fields));
  }

  private static Optional<Instant> leftAt(JsonArray fields) {
    return Optional.of(number(fields, 3)).filter(millis -> millis > 0).map(Instant::ofEpochMilli);
  }

  private static Long number(JsonArray fields, int place) {
    return place < fields.size() ? fields.getLong(place) : 0L;
  }

  private static Optional<String> text(JsonArray fields, int place) {
    return place < fields.size()
        ? Optional.of(fields.getString(place)).filter(value -> !value.isEmpty())
        : Optional.empty();
  }
}
