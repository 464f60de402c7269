package dev.parley.crash;

import dev.parley.TestClient;
import dev.parley.TestTokens;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A user who comes and goes: stays for a moment, then takes leave, breaks off, or breaks off
/// without having read. Keeps account of what came.
final class Absentee {
  private final String user;
  private final Random random;
  private final Set<String> expected = ConcurrentHashMap.newKeySet();

  /// Of each message the connection that it came on last.
  private final Map<String, Integer> seen = new HashMap<>();

  /// Messages that were confirmed before their connection took leave of a server that still runs.
  private final Set<String> settled = new HashSet<>();

  private final List<String> violations = new ArrayList<>();
  private int connections;
  private int queued;
  private int repeated;
  private int keys;

  /// Where on its connection the last message came.
  private int lastPlace;

  Absentee(String user, long seed) {
    this.user = user;
    this.random = new Random(seed);
  }

  String user() {
    return user;
  }

  String nextKey() {
    return user + "-" + keys++;
  }

  /// A message for this user was acknowledged.
  void expect(String id) {
    expected.add(id);
  }

  List<String> violations() {
    return violations;
  }

  int connections() {
    return connections;
  }

  int queued() {
    return queued;
  }

  int repeated() {
    return repeated;
  }

  /// A server that was killed may have forgotten what it was about to store.
  void onServerStarted() {
    settled.clear();
  }

  void join(int port, String room) {
    try (TestClient client = nexus(port)) {
      client.send(new JsonObject().put("event_type", "room.join").put("room_id", room));
      client.await("room.state");
    }
  }

  /// Comes and goes until the server is dead.
  void work(int port) {
    while (true) {
      TestClient client;
      try {
        client = random.nextBoolean() ? nexus(port) : connect(port);
      } catch (RuntimeException dead) {
        return;
      }
      Set<String> here = stay(client, 1 + random.nextInt(300));
      switch (random.nextInt(3)) {
        case 0 -> client.abort();
        case 1 -> {
          client.stall();
          client.abort();
        }
        default -> takeLeave(client, here);
      }
      noteRest(client);
    }
  }

  /// What had arrived when the connection ended was confirmed, read or not.
  private void noteRest(TestClient client) {
    for (var rest = client.poll(0); rest.isPresent(); rest = client.poll(0)) {
      Optional<String> _ = rest.flatMap(this::note);
    }
  }

  /// Stays until everything has come, or has not for so long.
  void finish(int port, Duration patience) {
    TestClient client = nexus(port);
    Set<String> here = stay(client, 1);
    long deadline = System.nanoTime() + patience.toNanos();
    while (!seen.keySet().containsAll(expected) && System.nanoTime() < deadline) {
      here.addAll(stay(client, 50));
    }
    Set<String> missing = new HashSet<>(expected);
    missing.removeAll(seen.keySet());
    if (!missing.isEmpty()) {
      violations.add(user + " never got " + missing);
    }
    if (!here.isEmpty()) {
      client.awaitAsked(lastPlace);
    }
    takeLeave(client, here);
    noteRest(client);
  }

  private Set<String> stay(TestClient client, long millis) {
    Set<String> here = new HashSet<>();
    long end = System.nanoTime() + millis * 1_000_000;
    while (client.isOpen() && System.nanoTime() < end) {
      Optional<String> id = client.poll(10).flatMap(this::note);
      if (id.isPresent()) {
        here.add(id.get());
        lastPlace = client.place();
      }
    }
    return here;
  }

  private Optional<String> note(JsonObject frame) {
    Optional<String> id = idOf(frame);
    id.ifPresent(known -> note(known, frame.getBoolean("queued", false)));
    return id;
  }

  private void note(String id, boolean waited) {
    Integer before = seen.put(id, connections);
    queued += waited ? 1 : 0;
    if (before != null) {
      repeated++;
      if (before == connections) {
        violations.add(user + " got " + id + " twice on one connection");
      } else if (settled.contains(id)) {
        violations.add(user + " got " + id + " again after having confirmed it");
      }
    }
  }

  private static Optional<String> idOf(JsonObject frame) {
    return switch (TestClient.typeOf(frame)) {
      case "chat.message", "chat_message" -> Optional.of(frame.getString("content"));
      case "direct" -> Optional.of(frame.getString("key"));
      default -> Optional.empty();
    };
  }

  /// What was asked about before is settled when the server has answered.
  private void takeLeave(TestClient client, Set<String> here) {
    boolean confirmed = client.wasAsked();
    client.close();
    if (client.awaitClosed().code() == 1000 && confirmed) {
      settled.addAll(here);
    }
  }

  private TestClient nexus(int port) {
    connections++;
    return TestClient.connect(port, "/ws?user_id=" + user + "&token=" + TestTokens.of(user));
  }

  private TestClient connect(int port) {
    connections++;
    return TestClient.connect(port, "/ws/connect?token=" + TestTokens.of(user));
  }
}
