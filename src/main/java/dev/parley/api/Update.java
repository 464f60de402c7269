package dev.parley.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An order, quote, payment or deadline changed.
///
/// @param kind `order`, `quote`, `payment` or `deadline`
/// @param id as the application has it; clients get a number as a number. Those of orders and
///   quotes name a room
/// @param status a word of the application's own, at most 256 characters
/// @param data what the application adds, at most 256 KiB; empty for nothing
/// @param userIds who hear of it besides those in the room of the order or quote, at most 1,000;
///   payments and deadlines have no room and need one at least
public record Update(
    String kind, Object id, Optional<String> status, JsonObject data, Set<String> userIds) {
  public Update {
    userIds = Set.copyOf(userIds);
  }

  public static Update order(String id) {
    return of("order", id);
  }

  public static Update order(long id) {
    return of("order", id);
  }

  public static Update quote(String id) {
    return of("quote", id);
  }

  public static Update quote(long id) {
    return of("quote", id);
  }

  public static Update payment(String id) {
    return of("payment", id);
  }

  public static Update payment(long id) {
    return of("payment", id);
  }

  public static Update deadline(String id) {
    return of("deadline", id);
  }

  public static Update deadline(long id) {
    return of("deadline", id);
  }

  public Update withStatus(String word) {
    return new Update(kind, id, Optional.of(word), data, userIds);
  }

  public Update with(JsonObject more) {
    return new Update(kind, id, status, more, userIds);
  }

  public Update forUsers(String... some) {
    return new Update(kind, id, status, data, Set.copyOf(List.of(some)));
  }

  private static Update of(String kind, Object id) {
    return new Update(kind, id, Optional.empty(), new JsonObject(), Set.of());
  }

  JsonObject toJson() {
    JsonObject json =
        new JsonObject()
            .put("kind", kind)
            .put("id", id)
            .put("data", data)
            .put("user_ids", new JsonArray(List.copyOf(userIds)));
    status.ifPresent(word -> json.put("status", word));
    return json;
  }
}
