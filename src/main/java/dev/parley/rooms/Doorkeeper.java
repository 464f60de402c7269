package dev.parley.rooms;

import dev.parley.protocol.Caller;
import dev.parley.protocol.MembershipCommand.Purpose;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.RoomName;
import io.vertx.core.Future;
import java.util.Optional;

/// Answers whether a caller may enter a room: the application if it decides, else the policy and
/// the stored grants.
final class Doorkeeper {
  private final AuthorizeHook hook;
  private final RoomPolicy policy;
  private final Grants grants;

  Doorkeeper(AuthorizeHook hook, RoomPolicy policy, Grants grants) {
    this.hook = hook;
    this.policy = policy;
    this.grants = grants;
  }

  Future<Boolean> mayEnter(Caller caller, RoomName room, Purpose purpose) {
    return hook.ask(caller, room, actionFor(purpose))
        .compose(decision -> orByPolicy(caller, room, decision));
  }

  static Rejection denied() {
    return Rejection.denied("You may not enter this room");
  }

  private Future<Boolean> orByPolicy(Caller caller, RoomName room, Optional<Boolean> decision) {
    return decision.map(Future::succeededFuture).orElseGet(() -> byPolicy(caller, room));
  }

  private Future<Boolean> byPolicy(Caller caller, RoomName room) {
    return switch (policy.judge(caller, room)) {
      case ADMITTED -> Future.succeededFuture(true);
      case DENIED -> Future.succeededFuture(false);
      case IF_GRANTED -> grants.has(room, caller.user());
    };
  }

  /// The word that the application is asked with.
  private static String actionFor(Purpose purpose) {
    return switch (purpose) {
      case JOIN, SEND, WATCH -> "join";
      case USE -> "use";
    };
  }
}
