package dev.parley.presence;

import dev.parley.protocol.Caller;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.PresenceCommand.SetPresence;
import dev.parley.protocol.PresenceState;
import dev.parley.protocol.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/// How the users of a shard come online and go offline. Time is what it is told.
///
/// ```text
///              opened                closed (the last)
///   offline ───────────▶ online ───────────────────────▶ leaving
///      ▲                   ▲             opened             │
///      │                   └────────────────────────────────┤
///      └────────────────────────────────────────────────────┘
///                     takeGone, after the grace
/// ```
final class Presences {
  private final OnlineUsers users;
  private final Duration grace;
  private final Duration seenEvery;

  /// In the order of their times, since all wait equally long. What no longer holds is passed over.
  private final Queue<Due> leaving = new ArrayDeque<>();

  private final Queue<Due> unseen = new ArrayDeque<>();

  /// @param grace how long a user without connections still counts as online
  /// @param seenEvery how often it is kept that a user was seen, while online
  Presences(OnlineUsers users, Duration grace, Duration seenEvery) {
    this.users = users;
    this.grace = grace;
    this.seenEvery = seenEvery;
  }

  Opened opened(Caller caller, ConnectionId connection, Instant now) {
    Optional<Online> before = users.find(caller.user());
    Online after =
        before
            .map(online -> online.with(connection))
            .orElseGet(() -> Online.now(caller.user(), caller.username(), connection, now));
    users.put(after);
    if (before.isEmpty()) {
      unseen.add(new Due(caller.user(), now, now.plus(seenEvery)));
      return new Opened(true, Optional.of(after.toState(now)));
    }
    return new Opened(before.get().connections().isEmpty(), Optional.empty());
  }

  /// @return whether it was the user's last
  boolean closed(UserId user, ConnectionId connection, Instant now) {
    Optional<Online> open =
        users.find(user).filter(online -> online.connections().contains(connection));
    if (open.isEmpty()) {
      return false;
    }
    Online after = open.get().without(connection, now);
    users.put(after);
    if (after.connections().isEmpty()) {
      leaving.add(new Due(user, now, now.plus(grace)));
    }
    return after.connections().isEmpty();
  }

  /// @return the new state; empty if the user has no open connection
  Optional<PresenceState> set(Caller caller, SetPresence said, Instant now) {
    return users
        .find(caller.user())
        .filter(online -> !online.connections().isEmpty())
        .map(online -> replace(online.with(said, caller.username())).toState(now));
  }

  private Online replace(Online online) {
    users.put(online);
    return online;
  }

  /// The users whose grace is over: they are offline from now on.
  List<PresenceState> takeGone(Instant now) {
    List<PresenceState> gone = new ArrayList<>();
    while (isDue(leaving, now)) {
      Due due = leaving.remove();
      users
          .find(due.user())
          .filter(online -> online.leftAt().equals(Optional.of(due.since())))
          .ifPresent(
              online -> {
                users.remove(online.user());
                gone.add(online.toOffline(now));
              });
    }
    return gone;
  }

  /// Users who are online, and of whom it is time to keep that they were seen.
  List<PresenceState> takeUnseen(Instant now, int limit) {
    List<PresenceState> seen = new ArrayList<>();
    while (seen.size() < limit && isDue(unseen, now)) {
      Due due = unseen.remove();
      users
          .find(due.user())
          .filter(online -> online.since().equals(due.since()))
          .ifPresent(
              online -> {
                unseen.add(new Due(online.user(), online.since(), now.plus(seenEvery)));
                seen.add(online.toState(now));
              });
    }
    return seen;
  }

  /// When there will be something to take.
  Optional<Instant> nextGone() {
    return Optional.ofNullable(leaving.peek()).map(Due::at);
  }

  Optional<Instant> nextUnseen() {
    return Optional.ofNullable(unseen.peek()).map(Due::at);
  }

  private static boolean isDue(Queue<Due> queue, Instant now) {
    Due next = queue.peek();
    return next != null && !next.at().isAfter(now);
  }

  /// @param first whether the user had no other connection open
  /// @param online the user's state, if they came online with it
  record Opened(boolean first, Optional<PresenceState> online) {}

  /// @param since which stay or absence is meant
  private record Due(UserId user, Instant since, Instant at) {}
}
