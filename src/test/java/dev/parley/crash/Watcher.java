package dev.parley.crash;

import dev.parley.TestClient;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// Reads a room across all crashes, resuming from the last event seen.
final class Watcher {
  private final String user;
  private final String room;
  private final List<String> seen = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private long seq;
  private String epoch = "";

  Watcher(String user, String room) {
    this.user = user;
    this.room = room;
  }

  String user() {
    return user;
  }

  String room() {
    return room;
  }

  /// The client message ids of events 1, 2, 3…
  List<String> seen() {
    return seen;
  }

  List<String> violations() {
    return violations;
  }

  /// Reads until the connection breaks.
  void work(TestClient client) {
    join(client);
    while (client.isOpen()) {
      client.poll(100).ifPresent(this::onFrame);
    }
    for (var rest = client.poll(0); rest.isPresent(); rest = client.poll(0)) {
      rest.ifPresent(this::onFrame);
    }
  }

  /// Reads until everything up to `head` was seen.
  void finish(TestClient client, long head) {
    join(client);
    while (seq < head) {
      onFrame(client.next());
    }
  }

  private void join(TestClient client) {
    client.trySend(
        new JsonObject()
            .put("type", "room.join")
            .put("id", "join")
            .put("room", room)
            .put("since", seq)
            .put("epoch", epoch));
  }

  private void onFrame(JsonObject frame) {
    switch (frame.getString("type")) {
      case "ok" -> {
        if (!frame.getBoolean("recovered", false)) {
          violations.add(user + " was not recovered from " + seq + " " + epoch + ": " + frame);
        }
      }
      case "chat.message" -> onMessage(frame);
      case "room.reset" -> violations.add(user + " was reset: " + frame);
      default -> {}
    }
  }

  private void onMessage(JsonObject message) {
    if (message.getLong("seq") != seq + 1) {
      violations.add(user + " got " + message.getLong("seq") + " after " + seq);
    }
    seq = message.getLong("seq");
    epoch = message.getString("epoch");
    seen.add(message.getString("client_message_id"));
  }
}
