package dev.parley.presence;

import dev.parley.protocol.NodeId;
import dev.parley.protocol.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The users who count as online at other nodes. Any thread may ask.
public interface UsersElsewhere {
  /// There is no other node.
  UsersElsewhere NOWHERE = new Nowhere();

  NodeId self();

  /// Whether this node announces what no living node has seen to its end.
  boolean isOldest();

  /// The least grace with which two nodes know of each other's leaving before it ends.
  Duration leastGrace();

  /// What the others say of a user; those that say nothing are left out.
  List<OnlineRow> find(UserId user);

  /// Whether one of the others counts the user as online.
  boolean has(UserId user);

  /// Whom the others count as online, by id, each once.
  List<UserId> list(Optional<UserId> after, int limit);

  /// How many they are. Walks through all of them.
  int count();

  /// Says how the user is present here.
  void say(Online online);

  /// The user counts as online here no longer.
  void fallSilent(UserId user);

  /// Hears of changes of the users of a shard, some at once, on any thread and in order. What it
  /// finds when it asks may be newer.
  void follow(int shard, Consumer<List<Change>> listener);

  /// What happened to another node's row.
  enum Kind {
    SAID,
    /// Said before, and found only now: this node began, or was apart from that one.
    FOUND,
    /// The user counts as online there no longer.
    ENDED,
    /// The node is gone.
    LOST
  }

  /// @param row as it is, or was at last
  record Change(UserId user, OnlineRow row, Kind kind) {}

  /// For a server without others.
  final class Nowhere implements UsersElsewhere {
    private static final NodeId SELF = new NodeId("alone");

    private Nowhere() {}

    @Override
    public NodeId self() {
      return SELF;
    }

    @Override
    public boolean isOldest() {
      return true;
    }

    @Override
    public Duration leastGrace() {
      return Duration.ZERO;
    }

    @Override
    public List<OnlineRow> find(UserId user) {
      return List.of();
    }

    @Override
    public boolean has(UserId user) {
      return false;
    }

    @Override
    public List<UserId> list(Optional<UserId> after, int limit) {
      return List.of();
    }

    @Override
    public int count() {
      return 0;
    }

    @Override
    public void say(Online online) {
      // Nobody asks.
    }

    @Override
    public void fallSilent(UserId user) {
      // Nobody asks.
    }

    @Override
    public void follow(int shard, Consumer<List<Change>> listener) {
      // Nothing ever changes.
    }
  }
}
