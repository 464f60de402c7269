package dev.parley.rest;

import dev.parley.bus.DomainCalls;
import dev.parley.protocol.AccessCommand;
import dev.parley.protocol.AccessCommand.BlockUser;
import dev.parley.protocol.AccessCommand.UnblockUser;
import dev.parley.protocol.AccessJson;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.InstantSource;
import java.util.List;

/// The calls with which administrators take rights back.
final class AccessCalls {
  private static final String BLOCK = "/api/v1/users/:user/block";

  private final DomainCalls domains;
  private final InstantSource clock;

  AccessCalls(DomainCalls domains, InstantSource clock) {
    this.domains = domains;
    this.clock = clock;
  }

  List<Call> calls() {
    return List.of(
        Call.act(
            HttpMethod.PUT,
            BLOCK,
            Rights.ADMIN,
            asked -> change(asked, new BlockUser(asked.path().user("user")))),
        Call.delete(
            BLOCK,
            Rights.ADMIN,
            asked -> change(asked, new UnblockUser(asked.path().user("user")))),
        Call.post(
            "/api/v1/revocations",
            Rights.ADMIN,
            asked -> change(asked, AccessJson.revocation(asked.body(), clock.instant()))));
  }

  private Future<Answer> change(Asked asked, AccessCommand command) {
    return domains.access(asked.caller(), command).map(_ -> Answer.success());
  }
}
