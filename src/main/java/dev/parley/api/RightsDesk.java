package dev.parley.api;

import dev.parley.bus.DomainCalls;
import dev.parley.protocol.Caller;
import dev.parley.protocol.Fields;
import dev.parley.protocol.MembershipCommand.SetGrant;
import dev.parley.protocol.Reply;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/// Gives users the right to enter a room, and takes it back. Stored when it is answered.
final class RightsDesk {
  private final DomainCalls domains;

  RightsDesk(DomainCalls domains) {
    this.domains = domains;
  }

  Future<JsonObject> grant(JsonObject body) {
    return set(body, true);
  }

  Future<JsonObject> revoke(JsonObject body) {
    return set(body, false);
  }

  private Future<JsonObject> set(JsonObject body, boolean granted) {
    Fields in = Body.of(body, "room", "user_id");
    SetGrant command = new SetGrant(in.room("room"), in.user("user_id"), granted);
    return domains
        .room(Caller.SERVER, command.room(), command, Reply.Done.class)
        .map(_ -> new JsonObject());
  }
}
