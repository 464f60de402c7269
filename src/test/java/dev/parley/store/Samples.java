package dev.parley.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.protocol.RoomName;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.UserId;
import dev.parley.store.Append.NewEvent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Streams, events and keys for tests, and how they are read back.
public final class Samples {
  public static final StreamId ROOM = stream("lobby");
  public static final StreamId OTHER = stream("kitchen");

  private Samples() {}

  public static StreamId stream(String room) {
    return StreamId.of(new RoomName(room));
  }

  public static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  public static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  /// An event that counts.
  public static NewEvent message(String text) {
    return new NewEvent(bytes(text), true);
  }

  /// An event that does not.
  public static NewEvent reaction(String text) {
    return new NewEvent(bytes(text), false);
  }

  public static Append append(StreamId stream, NewEvent... events) {
    return new Append(
        stream, List.of(events), Optional.empty(), OptionalLong.empty(), List.of(), List.of());
  }

  public static Append messages(StreamId stream, String... texts) {
    return append(stream, Stream.of(texts).map(Samples::message).toArray(NewEvent[]::new));
  }

  public static IdempotencyKey key(String clientId) {
    return IdempotencyKey.of(new UserId("ada"), clientId);
  }

  public static List<String> texts(List<StoredEvent> events) {
    return events.stream().map(event -> text(event.payload())).toList();
  }

  public static List<Long> seqs(List<StoredEvent> events) {
    return events.stream().map(StoredEvent::seq).toList();
  }
}
