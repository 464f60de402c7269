package dev.parley.presence;

import dev.parley.protocol.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The users of nodes that are gone: for a grace they count as online, since they may come to
/// another node, or their node may come back. Every node keeps them; which one announces their end
/// is decided then.
final class Ghosts {
  private static final int MAX_MOURNED = 100_000;

  private final Duration grace;
  private final Map<UserId, Ghost> waiting = new LinkedHashMap<>();
  private final Set<UserId> mourned = new LinkedHashSet<>();

  Ghosts(Duration grace) {
    this.grace = grace;
  }

  void add(UserId user, OnlineRow row, Instant now) {
    waiting.remove(user);
    waiting.put(user, new Ghost(row, now.plus(grace)));
  }

  /// What was last known of a user who is back; empty for one who was not missed.
  Optional<OnlineRow> take(UserId user) {
    return Optional.ofNullable(waiting.remove(user)).map(Ghost::row);
  }

  /// Whether the end of this user, who is there after all, was announced.
  boolean wasMourned(UserId user) {
    return mourned.remove(user);
  }

  /// Those whose grace is over.
  List<Everywhere> takeGone(Instant now, int limit) {
    List<Everywhere> gone = new ArrayList<>();
    while (gone.size() < limit && next().filter(due -> !due.isAfter(now)).isPresent()) {
      Map.Entry<UserId, Ghost> first = waiting.entrySet().iterator().next();
      gone.add(new Everywhere(first.getKey(), List.of(first.getValue().row())));
      waiting.remove(first.getKey());
    }
    return gone;
  }

  void mourn(UserId user) {
    mourned.add(user);
    if (mourned.size() > MAX_MOURNED) {
      mourned.remove(mourned.iterator().next());
    }
  }

  Optional<Instant> next() {
    return waiting.values().stream().findFirst().map(Ghost::due);
  }

  private record Ghost(OnlineRow row, Instant due) {}
}
