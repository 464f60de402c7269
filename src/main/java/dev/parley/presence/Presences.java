package dev.parley.presence;

import dev.parley.protocol.Caller;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.PresenceCommand.SetPresence;
import dev.parley.protocol.PresenceState;
import dev.parley.protocol.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
///
/// Each node goes through this with its own connections. A node that comes to the end says nothing
/// if another has connections of the user, or left later; so the last one tells.
final class Presences {
  private final OnlineUsers users;
  private final UsersElsewhere elsewhere;
  private final Duration grace;
  private final Duration seenEvery;
  private final Ghosts ghosts;

  /// Both in the order of their times, since all wait equally long.
  private final Map<UserId, Instant> leaving = new LinkedHashMap<>();

  private final Map<UserId, Instant> unseen = new LinkedHashMap<>();

  /// @param grace how long a user without connections still counts as online
  /// @param seenEvery how often it is kept that a user was seen, while online
  Presences(OnlineUsers users, UsersElsewhere elsewhere, Duration grace, Duration seenEvery) {
    this.users = users;
    this.elsewhere = elsewhere;
    this.grace = grace;
    this.seenEvery = seenEvery;
    this.ghosts = new Ghosts(grace);
  }

  Opened opened(Caller caller, ConnectionId connection, Instant now) {
    UserId user = caller.user();
    Everywhere others = others(user);
    Optional<Online> before = users.find(user);
    Optional<OnlineRow> ghost = ghosts.take(user);
    Optional<Statement> said = others.newest().or(() -> ghost).map(OnlineRow::said);
    Online after =
        before
            .map(online -> online.with(connection))
            .orElseGet(
                () ->
                    Online.now(
                        user,
                        said.orElseGet(() -> Statement.none(caller.username(), now)),
                        connection));
    write(after);
    leaving.remove(user);
    boolean first = !before.map(Online::isOpen).orElse(false) && !others.isOpen();
    if (before.isPresent()) {
      return new Opened(first, Optional.empty());
    }
    unseen.put(user, now.plus(seenEvery));
    return said.isPresent()
        ? new Opened(first, Optional.empty())
        : new Opened(first, Optional.of(after.toState(elsewhere.self(), now)));
  }

  /// @return whether it was the user's last, of all nodes
  boolean closed(UserId user, ConnectionId connection, Instant now) {
    Optional<Online> open =
        users.find(user).filter(online -> online.connections().contains(connection));
    if (open.isEmpty()) {
      return false;
    }
    Online after = open.get().without(connection);
    if (after.isOpen()) {
      write(after);
      return false;
    }
    Everywhere others = others(user);
    leave(after, others, now);
    return !others.isOpen();
  }

  /// Left later than all of whose leaving this node knows, whatever their clocks say.
  private void leave(Online online, Everywhere others, Instant now) {
    Instant at = later(now, others.leftAt());
    write(online.leaving(at, others.isOpen()));
    leaving.remove(online.user());
    leaving.put(online.user(), now.plus(grace));
  }

  private static Instant later(Instant now, Optional<Instant> known) {
    Instant at = now.truncatedTo(ChronoUnit.MILLIS);
    return known.map(time -> time.plusMillis(1)).filter(at::isBefore).orElse(at);
  }

  /// @return the new state; empty if the user has no open connection
  Optional<PresenceState> set(Caller caller, SetPresence said, Instant now) {
    Everywhere others = others(caller.user());
    Instant at = later(now, others.newest().map(row -> row.said().at()));
    return users
        .find(caller.user())
        .filter(Online::isOpen)
        .map(online -> online.with(Statement.of(said, caller.username(), at)))
        .map(online -> stateAfter(online, now));
  }

  private PresenceState stateAfter(Online change, Instant now) {
    write(change);
    return find(change.user()).orElseThrow().toState(now);
  }

  /// A user as all nodes know them; empty if offline.
  private Optional<Everywhere> find(UserId user) {
    return users.find(user, elsewhere);
  }

  private Everywhere others(UserId user) {
    return new Everywhere(user, elsewhere.find(user));
  }

  private void write(Online online) {
    users.put(online);
    elsewhere.say(online);
  }

  /// Another node's row changed.
  Heard onElsewhere(UsersElsewhere.Change change, Instant now) {
    return switch (change.kind()) {
      case SAID, ENDED -> onSaid(change.user());
      case FOUND -> onFound(change.user(), now);
      case LOST -> onLost(change.user(), change.row(), now);
    };
  }

  private Heard onFound(UserId user, Instant now) {
    boolean mourned = ghosts.wasMourned(user);
    Heard heard = onSaid(user);
    return mourned
        ? new Heard(heard.disconnected(), find(user).map(known -> known.toState(now)))
        : heard;
  }

  private Heard onSaid(UserId user) {
    Optional<OnlineRow> _ = ghosts.take(user);
    boolean _ = ghosts.wasMourned(user);
    Optional<Online> own = users.find(user);
    if (own.isEmpty()) {
      return Heard.NOTHING;
    }
    Everywhere others = others(user);
    adopt(own.get(), others);
    return new Heard(mustSayGoodbye(own.get(), others), Optional.empty());
  }

  private void adopt(Online own, Everywhere others) {
    OnlineRow mine = own.toRow(elsewhere.self());
    others
        .newest()
        .filter(theirs -> OnlineRow.BY_STATEMENT.compare(theirs, mine) > 0)
        .map(OnlineRow::said)
        .filter(said -> !said.equals(own.said()))
        .ifPresent(said -> write(own.with(said)));
  }

  /// Two nodes lost their last connections of a user at once, each believing that the other has
  /// more: the later one tells.
  private boolean mustSayGoodbye(Online own, Everywhere others) {
    if (own.isOpen() || !own.owesGoodbye() || others.outlasts(own.toRow(elsewhere.self()))) {
      return false;
    }
    users.find(own.user()).map(Online::withoutDebt).ifPresent(users::put);
    return true;
  }

  /// The grace begins when the node is gone: who knows since when it hung.
  private Heard onLost(UserId user, OnlineRow row, Instant now) {
    Everywhere others = others(user);
    Optional<Online> own = users.find(user);
    if (others.isOpen() || own.filter(Online::isOpen).isPresent()) {
      return Heard.NOTHING;
    }
    if (row.isOpen()) {
      own.ifPresent(online -> leave(online, others, now));
    }
    if (own.isEmpty() && !others.isOnline()) {
      ghosts.add(user, row, now);
    }
    return new Heard(row.isOpen() && elsewhere.isOldest(), Optional.empty());
  }

  /// The users whose grace is over, of whom this node tells: they are offline from now on.
  List<PresenceState> takeGone(Instant now, int limit) {
    List<PresenceState> gone = new ArrayList<>();
    for (int i = 0; i < limit; i++) {
      Optional<UserId> user = takeDue(leaving, now);
      if (user.isEmpty()) {
        break;
      }
      end(user.get(), now).ifPresent(gone::add);
    }
    for (Everywhere ghost : ghosts.takeGone(now, limit)) {
      endGhost(ghost, now).ifPresent(gone::add);
    }
    return gone;
  }

  private Optional<PresenceState> end(UserId user, Instant now) {
    unseen.remove(user);
    Optional<OnlineRow> own = users.find(user).map(online -> online.toRow(elsewhere.self()));
    users.remove(user);
    elsewhere.fallSilent(user);
    return own.filter(row -> !others(user).outlasts(row))
        .map(row -> new Everywhere(user, List.of(row)).toOffline(now));
  }

  private Optional<PresenceState> endGhost(Everywhere ghost, Instant now) {
    if (find(ghost.user()).isPresent()) {
      return Optional.empty();
    }
    ghosts.mourn(ghost.user());
    return elsewhere.isOldest() ? Optional.of(ghost.toOffline(now)) : Optional.empty();
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
      users.find(user.get()).ifPresent(online -> seen.add(online.toState(elsewhere.self(), now)));
    }
    return seen;
  }

  /// When there will be something to take.
  Optional<Instant> nextGone() {
    Optional<Instant> own = first(leaving).map(Map.Entry::getValue);
    Optional<Instant> ghost = ghosts.next();
    return own.filter(time -> ghost.filter(time::isAfter).isEmpty()).or(() -> ghost);
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

  /// @param first whether the user had no other connection open, at any node
  /// @param online the user's state, if they came online with it
  record Opened(boolean first, Optional<PresenceState> online) {}

  /// What is to be told of another node's change.
  ///
  /// @param disconnected the user's last connection closed, and this node tells
  /// @param returned the state of a user who was taken for offline here, to be told here
  record Heard(boolean disconnected, Optional<PresenceState> returned) {
    static final Heard NOTHING = new Heard(false, Optional.empty());
  }
}
