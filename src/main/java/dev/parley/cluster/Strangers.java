package dev.parley.cluster;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// Tells who is gone from who has just come: both stand in the registry without being members.
/// Pure.
final class Strangers {
  private Set<String> doubted = Set.of();

  /// @param registered who stands in the registry now
  /// @param members who is in the cluster now
  /// @return those that were strangers at the last look already
  Set<String> look(Collection<String> registered, Collection<String> members) {
    Set<String> strangers = new HashSet<>(registered);
    strangers.removeAll(members);
    Set<String> gone = new HashSet<>(strangers);
    gone.retainAll(doubted);
    doubted = strangers;
    return gone;
  }
}
