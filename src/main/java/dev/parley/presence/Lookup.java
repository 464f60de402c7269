package dev.parley.presence;

import dev.parley.protocol.Caller;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.PresenceCommand.GetPresence;
import dev.parley.protocol.PresenceCommand.ListOnline;
import dev.parley.protocol.PresenceState;
import dev.parley.protocol.PresenceStatus;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import dev.parley.store.Participations;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Answers how users are present: in full for administrators and for who shares a room with them,
/// to strangers the status alone.
final class Lookup {
  private static final int MAX_USERS = 200;
  private static final int MAX_ONLINE = 10_000;

  private final OnlineUsers users;
  private final UsersElsewhere elsewhere;
  private final LastSeen lastSeen;
  private final Participations participations;
  private final InstantSource clock;

  Lookup(
      OnlineUsers users,
      UsersElsewhere elsewhere,
      LastSeen lastSeen,
      Participations participations,
      InstantSource clock) {
    this.users = users;
    this.elsewhere = elsewhere;
    this.lastSeen = lastSeen;
    this.participations = participations;
    this.clock = clock;
  }

  Future<Outcome> get(Caller caller, GetPresence command) {
    if (command.users().size() > MAX_USERS) {
      return Future.succeededFuture(
          Rejection.invalid("user_ids", "at most " + MAX_USERS + " users"));
    }
    return caller.isAdmin()
        ? answer(command.users().stream().map(this::inFull).toList())
        : participations
            .roomsOf(caller.user())
            .compose(rooms -> answer(seenBy(caller, Set.copyOf(rooms), command.users())));
  }

  /// Who is online. Any thread may ask; not for an event loop, since it may look at all users.
  Outcome list(ListOnline command) {
    if (command.limit() < 1 || command.limit() > MAX_ONLINE) {
      return Rejection.invalid("limit", "limit must be between 1 and " + MAX_ONLINE);
    }
    return new Reply.UsersOnline(
        users.list(command.after(), command.limit(), elsewhere), users.count(elsewhere));
  }

  private static Future<Outcome> answer(List<Future<PresenceState>> states) {
    return Future.all(states).map(all -> new Reply.Presences(all.list()));
  }

  private List<Future<PresenceState>> seenBy(
      Caller caller, Set<RoomName> rooms, List<UserId> asked) {
    return asked.stream().map(user -> seenBy(caller, rooms, user)).toList();
  }

  private Future<PresenceState> seenBy(Caller caller, Set<RoomName> rooms, UserId user) {
    if (caller.is(user)) {
      return inFull(user);
    }
    return rooms.isEmpty()
        ? Future.succeededFuture(toStranger(user))
        : participations
            .roomsOf(user)
            .compose(
                theirs ->
                    theirs.stream().anyMatch(rooms::contains)
                        ? inFull(user)
                        : Future.succeededFuture(toStranger(user)));
  }

  private Future<PresenceState> inFull(UserId user) {
    Optional<Everywhere> online = users.find(user, elsewhere);
    return online.isPresent()
        ? Future.succeededFuture(online.get().toState(clock.instant()))
        : lastSeen.of(user);
  }

  private PresenceState toStranger(UserId user) {
    PresenceStatus status =
        users
            .find(user, elsewhere)
            .flatMap(Everywhere::newest)
            .map(row -> row.said().status())
            .orElse(PresenceStatus.OFFLINE);
    return new PresenceState(
        user, user.value(), status, Optional.empty(), Optional.empty(), Optional.empty(), 0);
  }
}
