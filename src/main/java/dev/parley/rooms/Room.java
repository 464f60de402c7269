package dev.parley.rooms;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Member;
import dev.parley.protocol.UserId;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Who is in one room now: users by id, each with the connections that joined here. Who has none is
/// a member by other nodes.
final class Room {
  private final NavigableMap<UserId, Present> members = new TreeMap<>();
  private int here;

  /// What a connection made of its user.
  enum Arrived {
    /// A member.
    NEW,
    /// A member here, who was one elsewhere.
    NEW_HERE,
    AGAIN
  }

  /// Counts a connection; counting it twice changes nothing but what the user is called.
  Arrived arrive(Member member, ConnectionId connection) {
    Present present = members.get(member.user());
    if (present == null) {
      members.put(member.user(), new Present(member, Set.of(connection)));
      here++;
      return Arrived.NEW;
    }
    members.put(member.user(), present.with(member, connection));
    if (present.isHere()) {
      return Arrived.AGAIN;
    }
    here++;
    return Arrived.NEW_HERE;
  }

  /// Forgets a connection; one that is not here is no error.
  ///
  /// @return the member, if this was their last connection here, and who now is none
  Optional<Member> depart(UserId user, ConnectionId connection) {
    Present present = members.get(user);
    if (present == null || !present.connections().contains(connection)) {
      return Optional.empty();
    }
    if (present.connections().size() > 1) {
      members.put(user, present.without(connection));
      return Optional.empty();
    }
    members.remove(user);
    here--;
    return Optional.of(present.member());
  }

  /// Another node has this member.
  ///
  /// @return whether that is new
  @CanIgnoreReturnValue
  boolean see(Member member) {
    Present present = members.get(member.user());
    if (present == null || !present.isHere()) {
      members.put(member.user(), new Present(member, Set.of()));
    }
    return present == null;
  }

  /// No other node has this user.
  ///
  /// @return the member, if that is the end of their being one
  Optional<Member> lose(UserId user) {
    Present present = members.get(user);
    if (present == null || present.isHere()) {
      return Optional.empty();
    }
    members.remove(user);
    return Optional.of(present.member());
  }

  boolean has(UserId user) {
    return members.containsKey(user);
  }

  /// Whether a connection of this node is in it.
  boolean isHere() {
    return here > 0;
  }

  int size() {
    return members.size();
  }

  List<Member> list(Optional<UserId> after, int limit) {
    NavigableMap<UserId, Present> from =
        after.map(user -> members.tailMap(user, false)).orElse(members);
    return from.values().stream().limit(limit).map(Present::member).toList();
  }

  private record Present(Member member, Set<ConnectionId> connections) {
    boolean isHere() {
      return !connections.isEmpty();
    }

    Present with(Member newest, ConnectionId connection) {
      Set<ConnectionId> more = new HashSet<>(connections);
      more.add(connection);
      return new Present(newest, Set.copyOf(more));
    }

    Present without(ConnectionId connection) {
      Set<ConnectionId> fewer = new HashSet<>(connections);
      fewer.remove(connection);
      return new Present(member, Set.copyOf(fewer));
    }
  }
}
