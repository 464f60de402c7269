package dev.parley.presence;

import dev.parley.protocol.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// The users who count as online by connections to this node. Each shard writes its own users;
/// everybody reads.
public final class OnlineUsers {
  private final Map<UserId, Online> users = new ConcurrentHashMap<>();

  public int count() {
    return users.size();
  }

  Optional<Online> find(UserId user) {
    return Optional.ofNullable(users.get(user));
  }

  /// A user as all nodes know them; empty if offline.
  Optional<Everywhere> find(UserId user, UsersElsewhere elsewhere) {
    List<OnlineRow> rows = new ArrayList<>(elsewhere.find(user));
    find(user).map(online -> online.toRow(elsewhere.self())).ifPresent(rows::add);
    return Optional.of(new Everywhere(user, rows)).filter(Everywhere::isOnline);
  }

  List<Online> all(Predicate<UserId> wanted) {
    return users.values().stream().filter(online -> wanted.test(online.user())).toList();
  }

  void put(Online online) {
    users.put(online.user(), online);
  }

  void remove(UserId user) {
    users.remove(user);
  }

  /// How many connections to this node the user has who has most. Walks through all users.
  public int mostConnections() {
    return users.values().stream().mapToInt(online -> online.connections().size()).max().orElse(0);
  }
}
