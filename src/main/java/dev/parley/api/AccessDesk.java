package dev.parley.api;

import dev.parley.bus.DomainCalls;
import dev.parley.protocol.AccessCommand;
import dev.parley.protocol.AccessJson;
import dev.parley.protocol.Caller;
import dev.parley.protocol.UserId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/// Takes the right to be here back, and gives it again. Stored when it is answered.
final class AccessDesk {
  private final DomainCalls domains;

  AccessDesk(DomainCalls domains) {
    this.domains = domains;
  }

  Future<JsonObject> block(JsonObject body) {
    return change(new AccessCommand.BlockUser(user(body)));
  }

  Future<JsonObject> unblock(JsonObject body) {
    return change(new AccessCommand.UnblockUser(user(body)));
  }

  Future<JsonObject> revoke(JsonObject body) {
    return change(
        AccessJson.revocation(
            Body.of(body, "jti", "expires_at", "user_id", "issued_before"), Instant.now()));
  }

  private Future<JsonObject> change(AccessCommand command) {
    return domains.access(Caller.SERVER, command).map(_ -> new JsonObject());
  }

  private static UserId user(JsonObject body) {
    return Body.of(body, "user_id").user("user_id");
  }
}
