package dev.parley.faults;

import dev.parley.TestClient;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Sends messages to a room, and again what was not acknowledged, under the same id.
final class Talker extends Guest {
  private static final int IN_FLIGHT = 8;
  private static final long EVERY_MILLIS = 20;
  private static final long AGAIN_MILLIS = 250;

  private final Map<String, JsonObject> unanswered = new LinkedHashMap<>();
  private final Map<String, JsonObject> refused = new LinkedHashMap<>();
  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
  private volatile boolean finishing;
  private volatile boolean finished;
  private final AtomicInteger more = new AtomicInteger();
  private int sent;
  private long sentAt;
  private long refusedAt;

  Talker(Fleet fleet, String user, String room) {
    super(fleet, user, room);
  }

  /// Says nothing new any more.
  void finish() {
    finishing = true;
  }

  /// Says one thing more.
  void sayOneMore() {
    finished = false;
    int _ = more.incrementAndGet();
  }

  /// Whether all that was said is acknowledged.
  boolean isFinished() {
    return finished;
  }

  /// The seq that each message was acknowledged with, by client message id.
  Map<String, Long> acknowledged() {
    return acknowledged;
  }

  @Override
  void begin(TestClient client) {
    unanswered.putAll(refused);
    refused.clear();
    unanswered.values().forEach(client::trySend);
  }

  @Override
  void onTick(TestClient client) {
    if (!refused.isEmpty() && now() - refusedAt > AGAIN_MILLIS) {
      begin(client);
    }
    boolean due = !finishing && now() - sentAt > EVERY_MILLIS && unanswered.size() < IN_FLIGHT;
    boolean asked = more.get() > 0;
    if (due || asked) {
      sentAt = now();
      boolean _ = client.trySend(nextMessage());
      if (asked) {
        int _ = more.decrementAndGet();
      }
    }
    finished = finishing && more.get() == 0 && unanswered.isEmpty() && refused.isEmpty();
  }

  @Override
  void onFrame(TestClient client, JsonObject frame) {
    String id = frame.getString("id", "");
    switch (frame.getString("type")) {
      case "ok" -> {
        JsonObject known = unanswered.remove(id);
        if (known == null) {
          known = refused.remove(id);
        }
        if (known != null) {
          acknowledged.put(id, frame.getLong("seq"));
        }
      }
      case "error" -> onError(id, frame);
      default -> {}
    }
  }

  private void onError(String id, JsonObject error) {
    JsonObject message = unanswered.remove(id);
    if (message != null && "UNAVAILABLE".equals(error.getString("code"))) {
      refused.put(id, message);
      refusedAt = now();
    } else if (message != null) {
      complain("refused: " + error);
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
}
