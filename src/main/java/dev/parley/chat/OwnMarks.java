package dev.parley.chat;

import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import dev.parley.store.Marks;
import dev.parley.store.Marks.Mark;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/// Whoever posts has read what was posted before: their read mark follows their own messages.
///
/// That is only about unread counts, so it is stored some time later, the newest per user and room,
/// and nobody is told. A crash may lose the last of it. It is stored a part at a time, so that
/// messages do not wait for many marks at once.
final class OwnMarks {
  private static final int CAPACITY = 10_000;
  private static final int AT_ONCE = 256;

  private final Marks marks;
  private final Latest<Reader, Mark> waiting = new Latest<>(CAPACITY);

  /// Of what was stored last; who writes more often than others is asked for once.
  private final Latest<Reader, Long> versions = new Latest<>(CAPACITY);

  OwnMarks(Marks marks) {
    this.marks = marks;
  }

  void note(RoomName room, UserId user, Mark mark) {
    waiting.put(new Reader(room, user), mark);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  int size() {
    return waiting.size();
  }

  /// Stores some of what waits, the oldest first. What the store cannot take now stays.
  Future<Void> store(int atMost) {
    List<Future<Marks.Raised>> raises =
        waiting.take(Math.min(atMost, AT_ONCE)).stream().map(this::store).toList();
    return Future.join(raises).mapEmpty();
  }

  /// Stores all that waits, or fails.
  Future<Void> storeAll() {
    return isEmpty() ? Future.succeededFuture() : store(AT_ONCE).compose(_ -> storeAll());
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
