package dev.parley.presence;

import dev.parley.protocol.Caller;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.PresenceCommand.SetPresence;
import dev.parley.protocol.PresenceState;
import dev.parley.protocol.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /// Both in the order of their times, since all wait equally long.
  private final Map<UserId, Instant> leaving = new LinkedHashMap<>();

  private final Map<UserId, Instant> unseen = new LinkedHashMap<>();

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
    leaving.remove(caller.user());
    if (before.isEmpty()) {
      unseen.put(caller.user(), now.plus(seenEvery));
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
      leaving.put(user, now.plus(grace));
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
    for (Optional<UserId> user = takeDue(leaving, now);
        user.isPresent();
        user = takeDue(leaving, now)) {
      unseen.remove(user.get());
      users.find(user.get()).ifPresent(online -> gone.add(online.toOffline(now)));
      users.remove(user.get());
    }
    return gone;
  }

  /// Users who are online, and of whom it is time to keep that they were seen.
  List<PresenceState> takeUnseen(Instant now, int limit) {
    List<PresenceState> seen = new ArrayList<>();
    while (seen.size() < limit) {
      Optional<UserId> user = takeDue(unseen, now);
      if (user.isEmpty()) {
        break;
      }
      unseen.put(user.get(), now.plus(seenEvery));
      users.find(user.get()).ifPresent(online -> seen.add(online.toState(now)));
    }
    return seen;
  }

  /// When there will be something to take.
  Optional<Instant> nextGone() {
    return first(leaving).map(Map.Entry::getValue);
  }

  Optional<Instant> nextUnseen() {
    return first(unseen).map(Map.Entry::getValue);
  }

  private static Optional<UserId> takeDue(Map<UserId, Instant> queue, Instant now) {
    Optional<UserId> due =
        first(queue).filter(entry -> !entry.getValue().isAfter(now)).map(Map.Entry::getKey);
    due.ifPresent(queue::remove);
    return due;
  }

  private static Optional<Map.Entry<UserId, Instant>> first(Map<UserId, Instant> queue) {
    return queue.isEmpty() ? Optional.empty() : Optional.of(queue.entrySet().iterator().next());
  }

  /// @param first whether the user had no other connection open
  /// @param online the user's state, if they came online with it
  record Opened(boolean first, Optional<PresenceState> online) {}
}
