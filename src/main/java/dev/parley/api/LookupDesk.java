package dev.parley.api;

import dev.parley.bus.DomainCalls;
import dev.parley.observe.AllFigures;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ConnectionCommand.CountOpen;
import dev.parley.protocol.Fields;
import dev.parley.protocol.PresenceCommand.GetPresence;
import dev.parley.protocol.Reply.Presences;
import dev.parley.protocol.UserId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/// Tells verticles who is there, and how much.
final class LookupDesk {
  private static final int MAX_USERS = 200;

  private final DomainCalls domains;
  private final Figures figures;

  LookupDesk(DomainCalls domains, Figures figures) {
    this.domains = domains;
    this.figures = figures;
  }

  Future<JsonObject> presence(JsonObject body) {
    Fields in = Body.of(body, "user_ids");
    List<UserId> users = Body.required(in, "user_ids", in.users("user_ids", MAX_USERS));
    return domains
        .presence(Caller.SERVER, new GetPresence(users), Presences.class)
        .map(Answers::of);
  }

  Future<JsonObject> stats(JsonObject body) {
    Fields _ = Body.of(body);
    Future<Integer> open = domains.reach(new CountOpen());
    Future<AllFigures> all = figures.all().get();
    return Future.all(open, all)
        .map(
            _ ->
                StatsJson.of(
                    open.result(),
                    figures.users().getAsInt(),
                    figures.rooms().getAsInt(),
                    all.result()));
  }
}
