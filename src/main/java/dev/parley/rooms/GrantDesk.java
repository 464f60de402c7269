package dev.parley.rooms;

import dev.parley.protocol.Caller;
import dev.parley.protocol.MembershipCommand.SetGrant;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.RoomEvent;
import dev.parley.protocol.RoomEvent.RoomGranted;
import dev.parley.protocol.RoomEvent.RoomRevoked;
import dev.parley.protocol.Stamp;
import dev.parley.store.Append.RecordPut;
import dev.parley.store.Participations;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Gives users the right to enter a room, and takes it back. The right and the event that tells of
/// it are stored in one append.
final class GrantDesk {
  private final Grants grants;
  private final RoomLog log;
  private final Participations participations;
  private final AuthorizeHook hook;
  private final Announcer announcer;
  private final InstantSource clock;

  GrantDesk(
      Grants grants,
      RoomLog log,
      Participations participations,
      AuthorizeHook hook,
      Announcer announcer,
      InstantSource clock) {
    this.grants = grants;
    this.log = log;
    this.participations = participations;
    this.hook = hook;
    this.announcer = announcer;
    this.clock = clock;
  }

  Future<Outcome> set(Caller caller, SetGrant command) {
    if (!caller.isAdmin()) {
      return Future.succeededFuture(Rejection.denied("Only administrators grant rooms"));
    }
    return command.granted() ? grant(caller, command) : revoke(caller, command);
  }

  private Future<Outcome> grant(Caller caller, SetGrant command) {
    return grants
        .has(command.room(), command.user())
        .compose(
            has ->
                has
                    ? Future.succeededFuture(Reply.DONE)
                    : store(caller, command).map(_ -> Reply.DONE));
  }

  /// Ends the participation too, before and after: so it has ended even if the server dies in
  /// between, and even if the user joined meanwhile.
  private Future<Outcome> revoke(Caller caller, SetGrant command) {
    return participations
        .end(command.room(), command.user())
        .compose(_ -> store(caller, command))
        .compose(_ -> participations.end(command.room(), command.user()))
        .onSuccess(_ -> announcer.participationEnded(command.room(), command.user()))
        .map(_ -> Reply.DONE);
  }

  private Future<Stamp> store(Caller caller, SetGrant command) {
    Instant now = clock.instant();
    RoomEvent event =
        command.granted()
            ? new RoomGranted(command.room(), command.user(), caller.user(), now)
            : new RoomRevoked(command.room(), command.user(), caller.user(), now);
    RecordPut right = Grants.put(command.user(), command.granted(), caller.user(), now);
    return log.append(command.room(), event, List.of(right))
        .onSuccess(_ -> hook.forget(command.room(), command.user()));
  }
}
