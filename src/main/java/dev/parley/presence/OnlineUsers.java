package dev.parley.presence;

import dev.parley.protocol.UserId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// The users of this node who count as online. Each shard writes its own users; everybody reads.
public final class OnlineUsers {
  private final Map<UserId, Online> users = new ConcurrentHashMap<>();

  public int count() {
    return users.size();
  }

  Optional<Online> find(UserId user) {
    return Optional.ofNullable(users.get(user));
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
}
