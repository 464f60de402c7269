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
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/// Comings and goings as they are told: at once, or collected until [#take] in rooms over
/// `batchAbove` members. They stay in their order when a room shrinks or grows across that size.
final class News {
  private final int batchAbove;
  private final Map<RoomName, MembersBatch> batches = new LinkedHashMap<>();

  News(int batchAbove) {
    this.batchAbove = batchAbove;
  }

  /// A member came or went.
  ///
  /// @param in whether the member is there now
  /// @param count members now
  record Move(RoomName room, Member member, boolean in, int count, Instant at) {
    RoomEvent toEvent() {
      return in ? new RoomJoined(room, member, count, at) : new RoomLeft(room, member, count, at);
    }
  }

  /// @return what is to be told at once
  Optional<RoomEvent> tell(Move move) {
    return tell(move, batch -> batch.onMove(move.member(), move.in()));
  }

  /// As [#tell], whatever was told of the member before: of two moves none is left out.
  Optional<RoomEvent> tellInAnyCase(Move move) {
    return tell(move, batch -> batch.onMoveInAnyCase(move.member(), move.in()));
  }

  private Optional<RoomEvent> tell(Move move, Consumer<MembersBatch> collect) {
    RoomName room = move.room();
    if (RoomPolicy.isQuiet(room)) {
      return Optional.empty();
    }
    if (isBatched(room, move.count())) {
      collect.accept(batches.computeIfAbsent(room, _ -> new MembersBatch()));
      return Optional.empty();
    }
    return Optional.of(move.toEvent());
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
