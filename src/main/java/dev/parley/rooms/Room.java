package dev.parley.rooms;

import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Member;
import dev.parley.protocol.UserId;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Who is in one room now: users by id, each with the connections that joined.
final class Room {
  private final NavigableMap<UserId, Present> members = new TreeMap<>();

  /// Counts a connection; counting it twice changes nothing but what the user is called.
  ///
  /// @return whether it is the user's first here
  boolean arrive(Member member, ConnectionId connection) {
    Present present = members.get(member.user());
    if (present == null) {
      members.put(member.user(), new Present(member, Set.of(connection)));
      return true;
    }
    members.put(member.user(), present.with(member, connection));
    return false;
  }

  /// Forgets a connection; one that is not here is no error.
  ///
  /// @return the member, if this was their last connection here
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
    return Optional.of(present.member());
  }

  int size() {
    return members.size();
  }

  List<Member> first(int limit) {
    return page(members, limit);
  }

  List<Member> after(UserId user, int limit) {
    return page(members.tailMap(user, false), limit);
  }

  private static List<Member> page(NavigableMap<UserId, Present> from, int limit) {
    return from.values().stream().limit(limit).map(Present::member).toList();
  }

  private record Present(Member member, Set<ConnectionId> connections) {
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
