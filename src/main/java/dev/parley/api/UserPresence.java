package dev.parley.api;

import dev.parley.protocol.Fields;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How a user is present, on all of their connections together.
///
/// @param status `online`, `away`, `busy` or `offline`
/// @param lastSeen empty if never seen
/// @param connections how many are open
public record UserPresence(
    String userId,
    String username,
    String status,
    Optional<String> statusMessage,
    Optional<String> location,
    Optional<Instant> lastSeen,
    int connections) {

  static List<UserPresence> allOf(JsonObject reply) {
    return new Fields(reply)
        .list("users", Integer.MAX_VALUE, each -> of(Fields.asFields("users", each)));
  }

  private static UserPresence of(Fields in) {
    return new UserPresence(
        ReplyFields.text(in, "user_id"),
        ReplyFields.text(in, "username"),
        ReplyFields.text(in, "status"),
        in.optionalText("status_message", Integer.MAX_VALUE),
        in.optionalText("location", Integer.MAX_VALUE),
        in.optionalTime("last_seen"),
        in.has("connections") ? ReplyFields.count(in, "connections") : 0);
  }
}
