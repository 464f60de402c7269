package dev.parley.presence;

import dev.parley.protocol.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;

/// The users who count as online by connections to this node. Each shard writes its own users;
/// everybody reads.
public final class OnlineUsers {
  private final NavigableMap<UserId, Online> users = new ConcurrentSkipListMap<>();

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

  /// Who is online at any node, by id.
  ///
  /// @param after the last one to leave out
  List<UserId> list(Optional<UserId> after, int limit, UsersElsewhere elsewhere) {
    NavigableSet<UserId> found = new TreeSet<>(elsewhere.list(after, limit));
    after.map(last -> users.tailMap(last, false)).orElse(users).keySet().stream()
        .limit(limit)
        .forEach(found::add);
    return found.stream().limit(limit).toList();
  }

  /// How many users are online at any node, each once. With other nodes it walks through all.
  public int count(UsersElsewhere elsewhere) {
    int others = elsewhere.count();
    return others == 0
        ? count()
        : others + (int) users.keySet().stream().filter(user -> !elsewhere.has(user)).count();
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
