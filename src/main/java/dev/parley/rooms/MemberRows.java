package dev.parley.rooms;

import dev.parley.bus.Shards;
import dev.parley.cluster.Rows;
import dev.parley.cluster.ToTell;
import dev.parley.protocol.Member;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The members that other nodes have, as their rows say. Nothing of it is kept a second time, but
/// the sizes of large rooms for a second.
public final class MemberRows implements MembersElsewhere {
  private static final int LARGE = 200;
  private static final int MAX_SIZES = 4_096;
  private static final long SIZE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Rows rows;
  private final Shards shards;
  private final ConcurrentMap<Integer, Follower> followers = new ConcurrentHashMap<>();
  private final ConcurrentMap<RoomName, Size> sizes = new ConcurrentHashMap<>();

  /// @param batchInterval how long what applications are told may be collected
  public MemberRows(Rows rows, Shards shards, Duration batchInterval) {
    this.rows = rows;
    this.shards = shards;
    rows.onChange(this::onChange);
    rows.settleClaims(MemberRow.PREFIX, batchInterval, this::onUnsettled);
  }

  private record Follower(Consumer<List<Change>> changes, Consumer<List<Unsettled>> unsettled) {}

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
  public ToTell arrived(RoomName room, Member member, boolean late) {
    return rows.claim(MemberRow.key(room, member.user()), MemberRow.text(member), late);
  }

  @Override
  public ToTell departed(RoomName room, UserId user, boolean late) {
    return rows.release(MemberRow.key(room, user), late);
  }

  @Override
  public void follow(
      int shard, Consumer<List<Change>> listener, Consumer<List<Unsettled>> unsettled) {
    followers.put(shard, new Follower(listener, unsettled));
  }

  @Override
  public Optional<Untold> settle(RoomName room, UserId user) {
    String key = MemberRow.key(room, user);
    return rows.settle(key)
        .map(untold -> new Untold(MemberRow.member(key, untold.value()), untold.said()));
  }

  private void onChange(List<Rows.Change> changes) {
    List<Change> ours =
        changes.stream()
            .filter(change -> change.key().startsWith(MemberRow.PREFIX))
            .map(MemberRows::toChange)
            .toList();
    tell(ours, Change::room, Follower::changes);
  }

  private void onUnsettled(List<String> keys) {
    List<Unsettled> ours =
        keys.stream()
            .map(key -> new Unsettled(MemberRow.roomOf(key), MemberRow.userOf(key)))
            .toList();
    tell(ours, Unsettled::room, Follower::unsettled);
  }

  private <T> void tell(
      List<T> all, Function<T, RoomName> roomOf, Function<Follower, Consumer<List<T>>> part) {
    Map<Integer, List<T>> byShard =
        all.stream().collect(Collectors.groupingBy(each -> shards.of(roomOf.apply(each))));
    byShard.forEach(
        (shard, ours) ->
            Optional.ofNullable(followers.get(shard))
                .ifPresent(follower -> part.apply(follower).accept(ours)));
  }

  private static Change toChange(Rows.Change change) {
    String text = change.value().or(change::before).orElse("");
    return new Change(MemberRow.roomOf(change.key()), MemberRow.member(change.key(), text));
  }

  private record Size(int members, long atNanos) {}
}
