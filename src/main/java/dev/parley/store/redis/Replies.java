package dev.parley.store.redis;

import dev.parley.protocol.StreamId;
import dev.parley.store.Answer;
import dev.parley.store.EventLog.Change;
import dev.parley.store.History;
import dev.parley.store.Records.StoredRecord;
import dev.parley.store.StoredEvent;
import dev.parley.store.Stretch;
import io.vertx.redis.client.Response;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// What the scripts' answers mean. The layouts of events and records are those of `common.lua`.
final class Replies {
  private Replies() {}

  /// `seq, number, trimmed, "first epoch first epoch …"`
  static History history(Response response) {
    return new History(
        response.get(0).toLong(),
        response.get(1).toLong(),
        response.get(2).toLong(),
        stretches(response.get(3).toString()));
  }

  private static List<Stretch> stretches(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    String[] words = text.split(" ", -1);
    return IntStream.range(0, words.length / 2)
        .mapToObj(i -> new Stretch(Long.parseLong(words[2 * i]), words[2 * i + 1]))
        .toList();
  }

  /// The first one's seq, then the events.
  static List<StoredEvent> consecutive(History history, Response response) {
    long first = response.get(0).toLong();
    var events = new ArrayList<StoredEvent>(response.size());
    for (int i = 1; i < response.size(); i++) {
      events.add(event(history, first + i - 1, response.get(i)));
    }
    return events;
  }

  /// Each event behind its seq.
  static List<StoredEvent> numbered(History history, Response response) {
    return IntStream.range(0, response.size() / 2)
        .mapToObj(i -> event(history, response.get(2 * i).toLong(), response.get(2 * i + 1)))
        .toList();
  }

  private static StoredEvent event(History history, long seq, Response response) {
    ByteBuffer bytes = ByteBuffer.wrap(response.toBytes());
    boolean counted = bytes.get() == 1;
    int revision = bytes.getInt();
    long number = bytes.getLong();
    int _ = bytes.getInt();
    return new StoredEvent(history.stamp(seq, number), revision, counted, rest(bytes));
  }

  static StoredRecord record(String key, Response response) {
    ByteBuffer bytes = ByteBuffer.wrap(response.toBytes());
    long version = bytes.getLong();
    long seq = bytes.getLong();
    long _ = bytes.getLong();
    return new StoredRecord(key, rest(bytes), version, seq);
  }

  /// Each record behind its key.
  static List<StoredRecord> records(Response response) {
    return IntStream.range(0, response.size() / 2)
        .mapToObj(i -> record(response.get(2 * i).toString(), response.get(2 * i + 1)))
        .toList();
  }

  /// Each stream with its seq behind it, and 1 if what was appended is plain.
  static List<Change> changes(Response response) {
    return IntStream.range(0, response.size() / 3)
        .mapToObj(
            i ->
                new Change(
                    new StreamId(response.get(3 * i).toString()),
                    response.get(3 * i + 1).toLong(),
                    response.get(3 * i + 2).toInteger() == 1))
        .toList();
  }

  /// `seq number mask operation`, as it is kept with a key.
  static Kept kept(Response response) {
    String[] words = response.toString().split(" ", -1);
    Answer answer =
        new Answer(
            Long.parseLong(words[0]),
            Long.parseLong(words[1]),
            words[2].length(),
            Long.parseUnsignedLong(new StringBuilder(words[2]).reverse().toString(), 2));
    return new Kept(answer, words[3]);
  }

  private static byte[] rest(ByteBuffer bytes) {
    byte[] rest = new byte[bytes.remaining()];
    bytes.get(rest);
    return rest;
  }

  /// @param operation the append that was answered so
  record Kept(Answer answer, String operation) {}
}
