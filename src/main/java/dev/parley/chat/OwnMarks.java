package dev.parley.chat;

import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import dev.parley.store.Marks;
import dev.parley.store.Marks.Mark;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// Whoever posts has read what was posted before: their read mark follows their own messages.
///
/// That is only about unread counts, so it is stored some time later, the newest per user and room,
/// and nobody is told. A crash may lose the last of it.
///
/// What has come together in an interval is stored over the next, a part at a time, so that
/// messages do not wait for many marks at once. Belongs to one thread.
final class OwnMarks {
  private static final int CAPACITY = 10_000;
  private static final int AT_ONCE = 256;
  private static final int PARTS = 20;

  private final Marks marks;
  private final Duration interval;
  private final BiConsumer<Duration, Runnable> timer;
  private final Latest<Reader, Mark> waiting = new Latest<>(CAPACITY);

  /// Of what was stored last; who writes more often than others is asked for once.
  private final Latest<Reader, Long> versions = new Latest<>(CAPACITY);

  private boolean underWay;

  /// @param timer runs something once that long has passed
  OwnMarks(Marks marks, Duration interval, BiConsumer<Duration, Runnable> timer) {
    this.marks = marks;
    this.interval = interval;
    this.timer = timer;
  }

  void note(RoomName room, UserId user, Mark mark) {
    waiting.put(new Reader(room, user), mark);
    begin();
  }

  private void begin() {
    if (!underWay && !waiting.isEmpty()) {
      underWay = true;
      timer.accept(interval, () -> storeParts(waiting.size()));
    }
  }

  private void storeParts(int count) {
    storeParts(count, Math.min(Math.ceilDiv(count, PARTS), AT_ONCE));
  }

  private void storeParts(int left, int part) {
    storeSome(part).onComplete(_ -> onPartStored(left - part, part));
  }

  private void onPartStored(int left, int part) {
    if (left > 0) {
      timer.accept(interval.dividedBy(PARTS), () -> storeParts(left, part));
    } else {
      underWay = false;
      begin();
    }
  }

  /// The oldest first. What the store cannot take now stays.
  private Future<Void> storeSome(int atMost) {
    List<Future<Marks.Raised>> raises = waiting.take(atMost).stream().map(this::store).toList();
    return Future.join(raises).mapEmpty();
  }

  /// Stores all that waits, or fails.
  Future<Void> storeAll() {
    return waiting.isEmpty()
        ? Future.succeededFuture()
        : storeSome(AT_ONCE).compose(_ -> storeAll());
  }

  private Future<Marks.Raised> store(Map.Entry<Reader, Mark> entry) {
    Reader reader = entry.getKey();
    return marks
        .raise(reader.room(), reader.user(), entry.getValue(), versions.get(reader).orElse(0L))
        .onSuccess(raised -> versions.put(reader, raised.version()))
        .onFailure(_ -> waiting.putBack(reader, entry.getValue()));
  }

  private record Reader(RoomName room, UserId user) {}
}
