package dev.parley.faults;

import static java.util.stream.Collectors.toSet;

import dev.parley.Await;
import dev.parley.TestClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Guests in rooms of their own, some faults, and the account of it.
final class Drill implements AutoCloseable {
  private static final int ROOMS = 3;
  private static final int TALKERS = 2;
  private static final int LISTENERS = 3;

  /// How long a server may take to see who came back where, and who is gone. After a parting the
  /// cluster has to merge and to connect again first.
  private static final int MEMBERS_MILLIS = 30_000;

  private final Fleet fleet;
  private final Random random;
  private final String name;
  private final List<Talker> talkers = new ArrayList<>();
  private final List<Listener> listeners = new ArrayList<>();
  private boolean mayLose;

  /// @param name begins the names of its rooms and users
  Drill(Fleet fleet, Random random, String name) {
    this.fleet = fleet;
    this.random = random;
    this.name = name;
    for (int room = 0; room < ROOMS; room++) {
      for (int i = 0; i < TALKERS; i++) {
        talkers.add(new Talker(fleet, name + "-t" + room + i, room(room)));
      }
      for (int i = 0; i < LISTENERS; i++) {
        listeners.add(new Listener(fleet, name + "-l" + room + i, room(room)));
      }
    }
  }

  /// @param acknowledged messages
  /// @param lost messages that were acknowledged and are gone
  /// @param resets how often a listener was told of it
  /// @param settledMillis from the end of all faults until every listener had every event
  record Account(
      List<String> violations, int acknowledged, int lost, int resets, long settledMillis) {}

  /// Returns when everybody talks and listens.
  void begin() {
    guests().forEach(Guest::come);
    Await.until(() -> listeners.stream().allMatch(listener -> listener.head() > 2), "all hear");
  }

  void suffer(Fault fault) {
    mayLose |= fault.mayLose();
    fault.happen(fleet, random);
  }

  /// Nobody says anything new; returns when all that was said is acknowledged.
  void hush() {
    talkers.forEach(Talker::finish);
    awaitAnswers();
  }

  /// One last message in every room.
  void lastWords() {
    talkers.forEach(Talker::sayOneMore);
    awaitAnswers();
  }

  /// Compares what everybody has with what there is.
  Account settle(int withinMillis) {
    long start = Guest.now();
    Map<String, List<String>> histories =
        rooms().collect(Collectors.toMap(Function.identity(), this::history));
    long read = Guest.now();
    boolean all = awaitHeads(histories, read + withinMillis);
    long settled = Guest.now() - start;
    List<String> violations = new ArrayList<>();
    if (!all) {
      violations.add("not everybody had every event within " + withinMillis + " ms");
    }
    guests().forEach(guest -> violations.addAll(guest.violations()));
    int lost = 0;
    for (Map.Entry<String, List<String>> room : histories.entrySet()) {
      Ledger.Balance balance = balance(room.getKey(), room.getValue());
      violations.addAll(balance.violations());
      lost += balance.lost();
    }
    int acknowledged = talkers.stream().mapToInt(talker -> talker.acknowledged().size()).sum();
    int resets = listeners.stream().mapToInt(Listener::resets).sum();
    return new Account(violations, acknowledged, lost, resets, settled);
  }

  @Override
  public void close() {
    guests().parallel().forEach(Guest::leave);
  }

  private void awaitAnswers() {
    Await.until(() -> talkers.stream().allMatch(Talker::isFinished), "all is acknowledged");
  }

  /// What servers say of who is in the rooms, and is not so.
  List<String> wrongMembers() {
    return IntStream.range(0, Fleet.SIZE).boxed().flatMap(this::wrongMembers).toList();
  }

  private Stream<String> wrongMembers(int node) {
    List<String> wrong = new ArrayList<>();
    try (TestClient client = fleet.connect(node, name + "-counter")) {
      rooms().forEach(room -> wrongMembers(client, room).ifPresent(wrong::add));
    }
    return wrong.stream().map(text -> "node" + node + ": " + text);
  }

  private Optional<String> wrongMembers(TestClient client, String room) {
    Set<String> guests =
        guests().filter(guest -> guest.room.equals(room)).map(guest -> guest.user).collect(toSet());
    long deadline = Guest.now() + MEMBERS_MILLIS;
    while (true) {
      Set<String> members = members(client, room);
      if (members.equals(guests)) {
        return Optional.empty();
      }
      if (Guest.now() > deadline) {
        return Optional.of(room + " has members " + members + ", should have " + guests);
      }
    }
  }

  private static Set<String> members(TestClient client, String room) {
    JsonObject page =
        client.ask(
            new JsonObject().put("type", "room.members").put("room", room).put("limit", 200));
    return page.getJsonArray("members").stream()
        .map(member -> ((JsonObject) member).getString("user_id"))
        .collect(toSet());
  }

  private Stream<Guest> guests() {
    return Stream.concat(talkers.stream(), listeners.stream());
  }

  private boolean awaitHeads(Map<String, List<String>> histories, long deadline) {
    while (Guest.now() < deadline) {
      if (listeners.stream()
          .allMatch(one -> one.head() >= histories.getOrDefault(one.room, List.of()).size())) {
        return true;
      }
      Thread.onSpinWait();
    }
    return false;
  }

  private Ledger.Balance balance(String room, List<String> history) {
    Map<String, Long> acknowledged = new TreeMap<>();
    talkers.stream()
        .filter(talker -> talker.room.equals(room))
        .forEach(talker -> acknowledged.putAll(talker.acknowledged()));
    Map<String, List<String>> seen = new HashMap<>();
    Map<String, Integer> resets = new HashMap<>();
    listeners.stream()
        .filter(listener -> listener.room.equals(room))
        .forEach(
            listener -> {
              seen.put(listener.user, listener.seen());
              resets.put(listener.user, listener.resets());
            });
    return new Ledger(room, history).balance(acknowledged, seen, resets, mayLose);
  }

  private Stream<String> rooms() {
    return IntStream.range(0, ROOMS).mapToObj(this::room);
  }

  private String room(int number) {
    return name + "-r" + number;
  }

  /// The client message ids of all events, from any server.
  private List<String> history(String room) {
    try (TestClient client = fleet.connect(random.nextInt(Fleet.SIZE), name + "-reader")) {
      List<String> ids = new ArrayList<>();
      while (true) {
        JsonArray page = page(client, room, ids.size());
        if (page.isEmpty()) {
          return ids;
        }
        for (int i = 0; i < page.size(); i++) {
          JsonObject message = page.getJsonObject(i);
          if (message.getLong("seq") != ids.size() + 1) {
            throw new AssertionError("history of " + room + " has a gap before " + message);
          }
          ids.add(message.getString("client_message_id"));
        }
      }
    }
  }

  private static JsonArray page(TestClient client, String room, int after) {
    return client
        .ask(
            new JsonObject()
                .put("type", "chat.history")
                .put("room", room)
                .put("after", after)
                .put("limit", 200))
        .getJsonArray("messages");
  }
}
