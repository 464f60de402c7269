package dev.parley.faults;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Compares what was acknowledged and seen in a room with its history at the end.
///
/// @param history the client message ids of events 1, 2, 3…
record Ledger(String room, List<String> history) {
  /// @param violations what must not be
  /// @param lost acknowledged, and not there any more
  record Balance(List<String> violations, int lost) {}

  /// @param acknowledged the seq of each message, by id
  /// @param seen by each listener, whole
  /// @param resets how often each listener was told of a loss
  /// @param mayLose whether the store was made to lose what it had acknowledged
  Balance balance(
      Map<String, Long> acknowledged,
      Map<String, List<String>> seen,
      Map<String, Integer> resets,
      boolean mayLose) {
    List<String> violations = new ArrayList<>();
    Set<String> distinct = new HashSet<>(history);
    if (distinct.size() != history.size()) {
      violations.add("a message is twice in " + room);
    }
    List<String> lost = lost(acknowledged);
    if (!mayLose) {
      lost.forEach(id -> violations.add(id + " was acknowledged and is not in " + room));
      resets.forEach(
          (user, times) -> {
            if (times > 0) {
              violations.add(user + " was told of a loss that was none");
            }
          });
    }
    seen.forEach((user, ids) -> compare(user, ids, violations));
    return new Balance(violations, lost.size());
  }

  private List<String> lost(Map<String, Long> acknowledged) {
    List<String> lost = new ArrayList<>();
    acknowledged.forEach(
        (id, seq) -> {
          if (seq > history.size() || !history.get((int) (seq - 1)).equals(id)) {
            lost.add(id);
          }
        });
    return lost;
  }

  private void compare(String user, List<String> ids, List<String> violations) {
    if (ids.equals(history)) {
      return;
    }
    int same = 0;
    while (same < Math.min(ids.size(), history.size()) && ids.get(same).equals(history.get(same))) {
      same++;
    }
    violations.add(
        "%s saw %d events of %s, which has %d; they differ from %d on"
            .formatted(user, ids.size(), room, history.size(), same + 1));
  }
}
