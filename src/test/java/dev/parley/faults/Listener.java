package dev.parley.faults;

import dev.parley.TestClient;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// Reads a room from its first event on, resuming wherever it was. Told that history was lost, it
/// forgets what it read and begins anew.
final class Listener extends Guest {
  private final List<String> seen = new ArrayList<>();
  private String epoch = "";
  private int resets;

  Listener(Fleet fleet, String user, String room) {
    super(fleet, user, room);
  }

  /// The client message ids of events 1, 2, 3… as of now.
  synchronized List<String> seen() {
    return List.copyOf(seen);
  }

  synchronized int head() {
    return seen.size();
  }

  /// How often it was told that history was lost.
  synchronized int resets() {
    return resets;
  }

  @Override
  synchronized void begin(TestClient client) {
    boolean _ =
        client.trySend(
            new JsonObject()
                .put("type", "room.join")
                .put("id", "join")
                .put("room", room)
                .put("since", seen.size())
                .put("epoch", epoch));
  }

  @Override
  synchronized void onFrame(TestClient client, JsonObject frame) {
    switch (frame.getString("type")) {
      case "ok" -> onJoined(client, frame);
      case "error" -> onError(client, frame);
      case "chat.message" -> onMessage(client, frame);
      case "room.reset" -> startOver(client);
      default -> {}
    }
  }

  @Override
  void onTick(TestClient client) {}

  private void onJoined(TestClient client, JsonObject ok) {
    if (!ok.getBoolean("recovered", false)) {
      startOver(client);
    }
  }

  /// It joins again on another connection.
  private void onError(TestClient client, JsonObject error) {
    if (!"UNAVAILABLE".equals(error.getString("code"))) {
      complain("refused: " + error);
    }
    client.abort();
  }

  private void startOver(TestClient client) {
    resets++;
    seen.clear();
    epoch = "";
    client.abort();
  }

  private void onMessage(TestClient client, JsonObject message) {
    if (!client.isOpen()) {
      return; // it has begun anew, and these belong to what it forgot
    }
    long seq = message.getLong("seq");
    if (seq != seen.size() + 1) {
      complain("got " + seq + " after " + seen.size());
    }
    seen.add(message.getString("client_message_id"));
    epoch = message.getString("epoch");
  }
}
