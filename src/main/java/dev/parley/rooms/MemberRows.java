package dev.parley.rooms;

import dev.parley.bus.Shards;
import dev.parley.cluster.Rows;
import dev.parley.protocol.Member;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The members that other nodes have, as their rows say. Nothing of it is kept a second time, but
/// the sizes of large rooms for a second.
public final class MemberRows implements MembersElsewhere {
  private static final int LARGE = 200;
  private static final int MAX_SIZES = 4_096;
  private static final long SIZE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Rows rows;
  private final Shards shards;
  private final ConcurrentMap<Integer, Consumer<List<Change>>> listeners =
      new ConcurrentHashMap<>();
  private final ConcurrentMap<RoomName, Size> sizes = new ConcurrentHashMap<>();

  public MemberRows(Rows rows, Shards shards) {
    this.rows = rows;
    this.shards = shards;
    rows.onChange(this::onChange);
  }

  @Override
  public boolean isSomewhere() {
    return true;
  }

  @Override
  public Optional<Member> find(RoomName room, UserId user) {
    String key = MemberRow.key(room, user);
    return rows.any(key).map(text -> MemberRow.member(key, text));
  }

  @Override
  public List<Member> list(RoomName room, Optional<UserId> after, int limit) {
    String prefix = MemberRow.room(room);
    String from = after.map(user -> MemberRow.key(room, user)).orElse(prefix);
    List<Member> members = new ArrayList<>();
    rows.list(prefix, from, limit).forEach((key, text) -> members.add(MemberRow.member(key, text)));
    return members;
  }

  /// One row of each room is looked at.
  @Override
  public List<RoomName> rooms(Optional<RoomName> after, int limit) {
    List<RoomName> rooms = new ArrayList<>();
    String from = after.map(MemberRow::behind).orElse(MemberRow.PREFIX);
    while (rooms.size() < limit) {
      SortedMap<String, String> next = rows.list(MemberRow.PREFIX, from, 1);
      if (next.isEmpty()) {
        break;
      }
      RoomName room = MemberRow.roomOf(next.firstKey());
      rooms.add(room);
      from = MemberRow.behind(room);
    }
    return rooms;
  }

  @Override
  public int count(RoomName room) {
    long now = System.nanoTime();
    Size known = sizes.get(room);
    if (known != null && now - known.atNanos() < SIZE_NANOS) {
      return known.members();
    }
    int members = rows.count(MemberRow.room(room));
    if (members > LARGE) {
      keep(room, new Size(members, now));
    }
    return members;
  }

  private void keep(RoomName room, Size size) {
    if (sizes.size() >= MAX_SIZES) {
      sizes.clear();
    }
    sizes.put(room, size);
  }

  @Override
  public boolean arrived(RoomName room, Member member) {
    return rows.claim(MemberRow.key(room, member.user()), MemberRow.text(member));
  }

  @Override
  public boolean departed(RoomName room, UserId user) {
    return rows.release(MemberRow.key(room, user));
  }

  @Override
  public void follow(int shard, Consumer<List<Change>> listener) {
    listeners.put(shard, listener);
  }

  private void onChange(List<Rows.Change> changes) {
    Map<Integer, List<Change>> byShard = new HashMap<>();
    for (Rows.Change change : changes) {
      if (change.key().startsWith(MemberRow.PREFIX)) {
        Change ours = toChange(change);
        byShard.computeIfAbsent(shards.of(ours.room()), _ -> new ArrayList<>()).add(ours);
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
    String text = change.value().or(change::before).orElse("");
    return new Change(
        MemberRow.roomOf(change.key()), MemberRow.member(change.key(), text), change.untold());
  }

  private record Size(int members, long atNanos) {}
}
