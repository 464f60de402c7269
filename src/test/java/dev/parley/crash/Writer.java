package dev.parley.crash;

import dev.parley.TestClient;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/// Sends messages to a room, several in flight, and writes down what was acknowledged. What was not
/// is sent again on the next connection with the same id, as a client should.
final class Writer {
  private static final int IN_FLIGHT = 16;

  private final String user;
  private final String room;
  private final Map<String, JsonObject> unanswered = new LinkedHashMap<>();
  private final Map<Long, String> acknowledged = new TreeMap<>();
  private final List<String> violations = new ArrayList<>();
  private CountDownLatch acknowledging = new CountDownLatch(0);
  private int sent;

  Writer(String user, String room) {
    this.user = user;
    this.room = room;
  }

  String user() {
    return user;
  }

  String room() {
    return room;
  }

  /// Client message ids by seq.
  Map<Long, String> acknowledged() {
    return acknowledged;
  }

  List<String> violations() {
    return violations;
  }

  /// Works until the connection breaks.
  ///
  /// @param busy counted down with every acknowledgement
  void work(TestClient client, CountDownLatch busy) {
    acknowledging = busy;
    unanswered.values().forEach(client::trySend);
    while (client.isOpen()) {
      while (unanswered.size() < IN_FLIGHT && client.trySend(nextMessage())) {}
      client.poll(100).ifPresent(this::onFrame);
    }
    while (true) {
      var rest = client.poll(0);
      if (rest.isEmpty()) {
        return;
      }
      rest.ifPresent(this::onFrame);
    }
  }

  /// Gets answers for all that is open.
  void finish(TestClient client) {
    unanswered.values().forEach(client::trySend);
    while (!unanswered.isEmpty()) {
      onFrame(client.next());
    }
  }

  private JsonObject nextMessage() {
    String id = user + "-" + sent++;
    JsonObject message =
        new JsonObject()
            .put("type", "chat.send")
            .put("id", id)
            .put("room", room)
            .put("content", "message " + id)
            .put("client_message_id", id);
    unanswered.put(id, message);
    return message;
  }

  private void onFrame(JsonObject frame) {
    if ("ok".equals(frame.getString("type")) && unanswered.remove(frame.getString("id")) != null) {
      note(frame.getLong("seq"), frame.getString("id"));
      acknowledging.countDown();
    }
  }

  private void note(long seq, String id) {
    String earlier = acknowledged.put(seq, id);
    if (earlier != null) {
      violations.add(earlier + " and " + id + " were both acknowledged as " + seq + " of " + room);
    }
  }
}
