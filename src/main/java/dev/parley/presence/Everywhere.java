package dev.parley.presence;

import dev.parley.protocol.PresenceState;
import dev.parley.protocol.PresenceStatus;
import dev.parley.protocol.UserId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A user as several nodes together know them.
///
/// @param rows one of each node that counts the user as online
record Everywhere(UserId user, List<OnlineRow> rows) {
  Everywhere {
    rows = List.copyOf(rows);
  }

  boolean isOnline() {
    return !rows.isEmpty();
  }

  int connections() {
    return rows.stream().mapToInt(OnlineRow::connections).sum();
  }

  boolean isOpen() {
    return rows.stream().anyMatch(OnlineRow::isOpen);
  }

  Optional<OnlineRow> newest() {
    return rows.stream().max(OnlineRow.BY_STATEMENT);
  }

  /// When the user left last; empty if nobody knows of that.
  Optional<Instant> leftAt() {
    return rows.stream().flatMap(row -> row.leftAt().stream()).max(Comparator.naturalOrder());
  }

  /// Whether another is the one that must see the user off: it has connections, or left later.
  boolean outlasts(OnlineRow leaving) {
    return rows.stream().anyMatch(row -> OnlineRow.BY_LEAVING.compare(row, leaving) > 0);
  }

  PresenceState toState(Instant now) {
    Statement said = newest().orElseThrow().said();
    return new PresenceState(
        user,
        said.username(),
        said.status(),
        said.statusMessage(),
        said.location(),
        Optional.of(isOpen() ? now : leftAt().orElse(now)),
        connections());
  }

  PresenceState toOffline(Instant now) {
    return new PresenceState(
        user,
        newest().map(row -> row.said().username()).orElse(user.value()),
        PresenceStatus.OFFLINE,
        Optional.empty(),
        Optional.empty(),
        Optional.of(leftAt().orElse(now)),
        0);
  }
}
