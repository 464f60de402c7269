package dev.parley.api;

import dev.parley.bus.DomainCalls;
import dev.parley.protocol.Caller;
import dev.parley.protocol.Fields;
import dev.parley.protocol.NotificationJson;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/// Sends notifications for verticles. What one must be like is decided by its domain.
final class NotificationDesk {
  private final DomainCalls domains;

  NotificationDesk(DomainCalls domains) {
    this.domains = domains;
  }

  Future<JsonObject> create(JsonObject body) {
    Fields in =
        Body.of(
            body,
            "user_id",
            "role",
            "title",
            "message",
            "category",
            "priority",
            "module_name",
            "level",
            "data");
    return domains
        .notify(Caller.SERVER, NotificationJson.draft(in))
        .map(kept -> new JsonObject().put("id", kept.notification().id()));
  }
}
