package dev.parley.presence;

import dev.parley.bus.Shards;
import dev.parley.cluster.Cluster;
import dev.parley.cluster.Rows;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/// The users who count as online at other nodes, as their rows say. Nothing of it is kept a second
/// time.
public final class OnlineRows implements UsersElsewhere {
  private static final int INTERVALS = 10;

  private final Cluster cluster;
  private final Rows rows;
  private final Shards shards;
  private final ConcurrentMap<Integer, Consumer<List<Change>>> listeners =
      new ConcurrentHashMap<>();

  public OnlineRows(Cluster cluster, Rows rows, Shards shards) {
    this.cluster = cluster;
    this.rows = rows;
    this.shards = shards;
    rows.onChange(this::onChange);
  }

  @Override
  public NodeId self() {
    return cluster.self();
  }

  @Override
  public boolean isOldest() {
    return cluster.isOldest();
  }

  @Override
  public Duration leastGrace() {
    return rows.interval().multipliedBy(INTERVALS);
  }

  @Override
  public List<OnlineRow> find(UserId user) {
    return rows.all(OnlineRow.key(user)).entrySet().stream()
        .map(entry -> OnlineRow.parse(entry.getKey(), user, entry.getValue()))
        .toList();
  }

  @Override
  public boolean has(UserId user) {
    return rows.any(OnlineRow.key(user)).isPresent();
  }

  @Override
  public List<UserId> list(Optional<UserId> after, int limit) {
    String from = after.map(OnlineRow::key).orElse(OnlineRow.PREFIX);
    return rows.list(OnlineRow.PREFIX, from, limit).keySet().stream().map(OnlineRow::user).toList();
  }

  @Override
  public int count() {
    return rows.count(OnlineRow.PREFIX);
  }

  @Override
  public void say(Online online) {
    rows.put(OnlineRow.key(online.user()), online.toRow(cluster.self()).text(online.user()));
  }

  @Override
  public void fallSilent(UserId user) {
    rows.remove(OnlineRow.key(user));
  }

  @Override
  public void follow(int shard, Consumer<List<Change>> listener) {
    listeners.put(shard, listener);
  }

  private void onChange(List<Rows.Change> changes) {
    Map<Integer, List<Change>> byShard = new HashMap<>();
    for (Rows.Change change : changes) {
      if (OnlineRow.isKey(change.key())) {
        Change ours = toChange(change);
        byShard.computeIfAbsent(shards.of(ours.user()), _ -> new ArrayList<>()).add(ours);
      }
    }
    byShard.forEach(this::tell);
  }

  private void tell(int shard, List<Change> changes) {
    Consumer<List<Change>> listener = listeners.get(shard);
    if (listener != null) {
      listener.accept(changes);
    }
  }

  private static Change toChange(Rows.Change change) {
    UserId user = OnlineRow.user(change.key());
    String text = change.value().or(change::before).orElseThrow();
    return new Change(user, OnlineRow.parse(change.node(), user, text), kindOf(change));
  }

  private static Kind kindOf(Rows.Change change) {
    boolean gone = change.value().isEmpty();
    return switch (change.cause()) {
      case TOLD -> gone ? Kind.ENDED : Kind.SAID;
      case READ -> gone ? Kind.ENDED : Kind.FOUND;
      case LEFT -> Kind.LOST;
    };
  }
}
