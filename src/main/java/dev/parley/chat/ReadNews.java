package dev.parley.chat;

import dev.parley.bus.MessageBus;
import dev.parley.protocol.ChatEvent.ChatRead;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Topic;
import dev.parley.protocol.UserId;
import java.util.function.ToIntFunction;

/// Tells rooms how far their users have read: at once in small rooms, in large ones the newest of
/// each user with the next batch.
final class ReadNews {
  private static final int CAPACITY = 10_000;

  private final MessageBus bus;
  private final int batchAbove;
  private final ToIntFunction<RoomName> members;
  private final Latest<Reader, ChatRead> batch = new Latest<>(CAPACITY);

  /// @param members how many members a room has now
  ReadNews(MessageBus bus, int batchAbove, ToIntFunction<RoomName> members) {
    this.bus = bus;
    this.batchAbove = batchAbove;
    this.members = members;
  }

  void tell(ChatRead read) {
    Reader reader = new Reader(read.room(), read.user());
    if (members.applyAsInt(read.room()) > batchAbove) {
      batch.put(reader, read);
    } else {
      batch.remove(reader);
      publish(read);
    }
  }

  boolean isEmpty() {
    return batch.isEmpty();
  }

  void tellBatch() {
    batch.take(CAPACITY).forEach(entry -> publish(entry.getValue()));
  }

  private void publish(ChatRead read) {
    bus.publish(Envelope.ephemeral(read, Topic.of(read.room())));
  }

  private record Reader(RoomName room, UserId user) {}
}
