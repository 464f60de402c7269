package dev.parley.rooms;

import dev.parley.protocol.Member;
import dev.parley.protocol.RoomEvent;
import dev.parley.protocol.RoomEvent.RoomJoined;
import dev.parley.protocol.RoomEvent.RoomLeft;
import dev.parley.protocol.RoomName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/// Comings and goings as they are told: at once, or collected until [#take] in rooms over
/// `batchAbove` members. They stay in their order when a room shrinks or grows across that size.
final class News {
  private final int batchAbove;
  private final Map<RoomName, MembersBatch> batches = new LinkedHashMap<>();

  News(int batchAbove) {
    this.batchAbove = batchAbove;
  }

  /// @param count members now
  /// @return what is to be told at once
  Optional<RoomEvent> joined(RoomName room, Member member, int count, Instant at) {
    if (RoomPolicy.isQuiet(room)) {
      return Optional.empty();
    }
    if (isBatched(room, count)) {
      batches.computeIfAbsent(room, _ -> new MembersBatch()).onJoined(member);
      return Optional.empty();
    }
    return Optional.of(new RoomJoined(room, member, count, at));
  }

  /// @param count members now
  /// @return what is to be told at once
  Optional<RoomEvent> left(RoomName room, Member member, int count, Instant at) {
    if (RoomPolicy.isQuiet(room)) {
      return Optional.empty();
    }
    if (isBatched(room, count)) {
      batches.computeIfAbsent(room, _ -> new MembersBatch()).onLeft(member);
      return Optional.empty();
    }
    return Optional.of(new RoomLeft(room, member, count, at));
  }

  /// As [#joined] or [#left], whatever was told before.
  ///
  /// @param in whether the member is there
  /// @return what is to be told at once
  Optional<RoomEvent> again(RoomName room, Member member, boolean in, int count, Instant at) {
    if (isBatched(room, count) && !RoomPolicy.isQuiet(room)) {
      batches.computeIfAbsent(room, _ -> new MembersBatch()).onSettled(member, in);
      return Optional.empty();
    }
    return in ? joined(room, member, count, at) : left(room, member, count, at);
  }

  /// Whether what happens in it is collected now.
  boolean isBatched(RoomName room, int count) {
    return count > batchAbove || batches.containsKey(room);
  }

  boolean isWaiting() {
    return !batches.isEmpty();
  }

  /// What was collected.
  ///
  /// @param counts how many are in a room now
  List<RoomEvent> take(ToIntFunction<RoomName> counts, Instant at) {
    List<RoomEvent> news = new ArrayList<>();
    batches.forEach(
        (room, batch) -> news.addAll(batch.toEvents(room, counts.applyAsInt(room), at)));
    batches.clear();
    return news;
  }
}
