package dev.parley.rooms;

import dev.parley.bus.Addresses;
import dev.parley.bus.MessageBus;
import dev.parley.protocol.Caller;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import dev.parley.rooms.AnswerCache.Question;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Asks the application, if it registered itself to decide who may do what in which room
/// (`parley.authorize`). No answer in time means no, and is asked again the next time; the bus says
/// so in the log. Whether one registered is another question, which in a cluster may be open for a
/// while: then the answer is neither yes nor no.
final class AuthorizeHook {
  private final MessageBus bus;
  private final Supplier<Future<Boolean>> isThere;
  private final Duration timeout;
  private final AnswerCache answers;
  private final InstantSource clock;

  /// @param isThere whether an application decides
  AuthorizeHook(
      MessageBus bus,
      Supplier<Future<Boolean>> isThere,
      Duration timeout,
      AnswerCache answers,
      InstantSource clock) {
    this.bus = bus;
    this.isThere = isThere;
    this.timeout = timeout;
    this.answers = answers;
    this.clock = clock;
  }

  /// @return the application's decision; empty if there is none who decides; fails if that cannot
  ///   be found out
  Future<Optional<Boolean>> ask(Caller caller, RoomName room, String action) {
    Question question = new Question(caller.user(), caller.roles(), action, room);
    Optional<Boolean> known = answers.find(question, clock.instant());
    if (known.isPresent()) {
      return Future.succeededFuture(known);
    }
    return isThere
        .get()
        .compose(there -> there ? ask(question) : Future.succeededFuture(Optional.empty()));
  }

  private Future<Optional<Boolean>> ask(Question question) {
    return bus.ask(Addresses.AUTHORIZE, toJson(question), timeout)
        .map(answer -> answer.map(body -> keep(question, body)))
        .otherwise(Optional.of(false));
  }

  void forget(RoomName room, UserId user) {
    answers.forget(room, user);
  }

  private boolean keep(Question question, JsonObject answer) {
    boolean allowed = Boolean.TRUE.equals(answer.getValue("allow"));
    answers.keep(question, allowed, clock.instant());
    return allowed;
  }

  private static JsonObject toJson(Question question) {
    return new JsonObject()
        .put("user_id", question.user().value())
        .put("roles", new JsonArray(List.copyOf(question.roles())))
        .put("action", question.action())
        .put("room", question.room().value());
  }
}
