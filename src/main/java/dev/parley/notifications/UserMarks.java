package dev.parley.notifications;

import dev.parley.protocol.StreamId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// What one user has read and cleared, of all streams that are for them: one record. Only grows, so
/// what two nodes add at once is added by one after the other.
record UserMarks(Map<StreamId, StreamMarks> streams) {
  private static final int MAX_STREAMS = 64;
  static final UserMarks NONE = new UserMarks(Map.of());

  UserMarks {
    streams = Map.copyOf(streams);
  }

  StreamMarks of(StreamId stream) {
    return streams.getOrDefault(stream, StreamMarks.NONE);
  }

  UserMarks with(StreamId stream, StreamMarks marks) {
    Map<StreamId, StreamMarks> all = new HashMap<>(streams);
    if (!marks.isEmpty()) {
      all.put(stream, marks);
    }
    return new UserMarks(all);
  }

  /// Forgets streams that are no longer for the user, once there are many.
  UserMarks forgettingOthersThan(Collection<StreamId> visible) {
    if (streams.size() <= MAX_STREAMS) {
      return this;
    }
    Map<StreamId, StreamMarks> rest = new HashMap<>(streams);
    rest.keySet().retainAll(visible);
    return new UserMarks(rest);
  }

  byte[] toBytes() {
    JsonObject json = new JsonObject();
    streams.forEach((stream, marks) -> json.put(stream.value(), marks.toJson()));
    return json.toBuffer().getBytes();
  }

  static UserMarks of(byte[] bytes) {
    JsonObject json = new JsonObject(Buffer.buffer(bytes));
    Map<StreamId, StreamMarks> streams = new HashMap<>();
    json.fieldNames()
        .forEach(name -> streams.put(new StreamId(name), StreamMarks.of(json.getJsonObject(name))));
    return new UserMarks(streams);
  }
}
