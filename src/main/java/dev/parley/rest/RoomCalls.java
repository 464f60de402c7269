package dev.parley.rest;

import dev.parley.bus.DomainCalls;
import dev.parley.protocol.MembershipCommand.SetGrant;
import dev.parley.protocol.Reply;
import dev.parley.protocol.RoomName;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/// The calls about rights in rooms.
final class RoomCalls {
  private static final String GRANT = "/api/v1/rooms/:room/grants/:user";

  private final DomainCalls domains;

  RoomCalls(DomainCalls domains) {
    this.domains = domains;
  }

  List<Call> calls() {
    return List.of(
        Call.act(HttpMethod.PUT, GRANT, Rights.ADMIN, asked -> set(asked, true)),
        Call.delete(GRANT, Rights.ADMIN, asked -> set(asked, false)));
  }

  private Future<Answer> set(Asked asked, boolean granted) {
    RoomName room = asked.path().room("room");
    SetGrant command = new SetGrant(room, asked.path().user("user"), granted);
    return domains.room(asked.caller(), room, command, Reply.Done.class).map(_ -> Answer.success());
  }
}
