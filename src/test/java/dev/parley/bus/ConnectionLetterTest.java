package dev.parley.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.protocol.ClientLabel;
import dev.parley.protocol.ConnectionCommand;
import dev.parley.protocol.ConnectionCommand.Count;
import dev.parley.protocol.ConnectionCommand.CountOpen;
import dev.parley.protocol.ConnectionCommand.Deliver;
import dev.parley.protocol.ConnectionCommand.Disconnect;
import dev.parley.protocol.ConnectionCommand.EndEarlier;
import dev.parley.protocol.ConnectionCommand.ListConnections;
import dev.parley.protocol.ConnectionCommand.ProbeAddress;
import dev.parley.protocol.ConnectionCommand.ProbeUser;
import dev.parley.protocol.ConnectionCommand.SendTo;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.Notification;
import dev.parley.protocol.OpenConnection;
import dev.parley.protocol.Position;
import dev.parley.protocol.Recipients.Hearing;
import dev.parley.protocol.Recipients.InRoom;
import dev.parley.protocol.Recipients.Matching;
import dev.parley.protocol.Recipients.OneConnection;
import dev.parley.protocol.Recipients.OneUser;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Stamp;
import dev.parley.protocol.UserId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The form in which nodes of different versions ask each other about connections.
final class ConnectionLetterTest {
  private static final ConnectionId CONNECTION = new ConnectionId("node-1-a");
  private static final UserId ANN = new UserId("ann");
  private static final RoomName LOBBY = new RoomName("lobby");

  @Test
  void everyCommandHasItsFormAndIsReadAgain() {
    golden()
        .forEach(
            (json, command) -> {
              assertThat(ConnectionLetter.encode(command).toString()).isEqualTo(json);
              assertThat(ConnectionLetter.decode(Buffer.buffer(json))).isEqualTo(command);
            });
    assertThat(golden().values().stream().map(command -> command.getClass().getName()))
        .as("the whole family")
        .containsAll(
            Stream.of(ConnectionCommand.class.getPermittedSubclasses())
                .map(Class::getName)
                .toList());
  }

  @Test
  void fieldsOfNewerNodesAreIgnored() {
    String letter =
        """
        {"do":"count","later":[1],"to":{"kind":"user","user":"ann","later":{}}}\
        """;
    assertThat(ConnectionLetter.decode(Buffer.buffer(letter)))
        .isEqualTo(new Count(new OneUser(ANN)));
  }

  @Test
  void whatOnlyNewerNodesKnowIsRefused() {
    for (String letter :
        new String[] {
          "{\"do\":\"of_tomorrow\"}",
          "{\"do\":\"count\",\"to\":{\"kind\":\"of_tomorrow\"}}",
          "{\"do\":\"count\",\"to\":{\"user\":\"ann\"}}",
          "{\"do\":\"count\"}",
          "{\"do\":\"probe_user\",\"user\":\"no user\"}",
          "{\"do\":\"send\",\"to\":{\"kind\":\"user\",\"user\":\"ann\"}}",
          "{}",
          "no json"
        }) {
      assertThatIllegalArgumentException()
          .as(letter)
          .isThrownBy(() -> ConnectionLetter.decode(Buffer.buffer(letter)));
    }
  }

  @Test
  void answersAreCountsOrRefusals() {
    FoundConnections three = FoundConnections.of(3);
    assertThat(ConnectionLetter.answer(three).toString()).isEqualTo("{\"count\":3}");
    assertThat(ConnectionLetter.foundIn(ConnectionLetter.answer(three))).contains(three);
    assertThat(ConnectionLetter.foundIn(Buffer.buffer("{\"count\":3,\"later\":1}")))
        .contains(three);
    assertThat(ConnectionLetter.foundIn(ConnectionLetter.refusal("unknown"))).isEmpty();
  }

  @Test
  void anAnswerListsConnections() {
    OpenConnection known =
        new OpenConnection(
            CONNECTION,
            Optional.of(ANN),
            "connect",
            new NodeId("node-1"),
            Instant.parse("2026-01-01T00:00:00.250Z"),
            "192.0.2.7",
            new ClientLabel(Optional.of("web"), Optional.of("1.2"), Optional.of("d-1")),
            List.of(LOBBY),
            12,
            345);
    String letter =
        """
        {"count":1,"connections":[{"id":"node-1-a","dialect":"connect","node":"node-1",\
        "since":"2026-01-01T00:00:00.250Z","address":"192.0.2.7","rooms":["lobby"],"in":12,"out":345,\
        "user":"ann","client_type":"web","client_version":"1.2","device":"d-1"}]}\
        """;
    FoundConnections found = new FoundConnections(1, List.of(known));
    assertThat(ConnectionLetter.answer(found).toString()).isEqualTo(letter);
    assertThat(ConnectionLetter.foundIn(Buffer.buffer(letter))).contains(found);
    OpenConnection stranger =
        new OpenConnection(
            new ConnectionId("node-1-b"),
            Optional.empty(),
            "native",
            new NodeId("node-1"),
            Instant.EPOCH,
            "::1",
            ClientLabel.NONE,
            List.of(),
            0,
            0);
    FoundConnections both = found.and(new FoundConnections(1, List.of(stranger)));
    assertThat(ConnectionLetter.foundIn(ConnectionLetter.answer(both))).contains(both);
  }

  @Test
  void connectionsNameTheirNode() {
    NodeId node = new NodeId("node-1");
    assertThat(ConnectionId.of(node, 10)).isEqualTo(CONNECTION);
    assertThat(CONNECTION.node()).contains(node);
    assertThat(new ConnectionId("anything").node()).isEmpty();
    assertThat(new ConnectionId("-a").node()).isEmpty();
  }

  private static Map<String, ConnectionCommand> golden() {
    JsonObject message = new JsonObject().put("type", "bid");
    Map<String, ConnectionCommand> golden = new LinkedHashMap<>();
    golden.put(
        """
        {"do":"send","to":{"kind":"room","room":"lobby","except":["n-1","n-2"]},\
        "message":{"type":"bid"}}\
        """,
        new SendTo(
            new InRoom(LOBBY, Set.of(new ConnectionId("n-2"), new ConnectionId("n-1"))), message));
    golden.put(
        """
        {"do":"send","to":{"kind":"connection","connection":"node-1-a"},"message":{"type":"bid"}}\
        """,
        new SendTo(new OneConnection(CONNECTION), message));
    golden.put(
        """
        {"do":"deliver","user":"ann","message":{"type":"bid"},"seq":7,"epoch":"e2","previous":"e1",\
        "number":3}\
        """,
        new Deliver(ANN, message, new Stamp(new Position("e2", 7), "e1", 3)));
    golden.put(
        """
        {"do":"count","to":{"kind":"user","user":"ann"}}\
        """,
        new Count(new OneUser(ANN)));
    golden.put(
        """
        {"do":"count","to":{"kind":"matching","roles":["editor"],"users":["ann","bob"],\
        "rooms":["lobby"],"dialects":["native"],"exclude_users":["ann"]}}\
        """,
        new Count(
            new Matching(
                Set.of("editor"),
                Set.of(new UserId("bob"), ANN),
                Set.of(LOBBY),
                Set.of("native"),
                Set.of(ANN))));
    golden.put(
        """
        {"do":"count","to":{"kind":"matching"}}\
        """,
        new Count(new Matching(Set.of(), Set.of(), Set.of(), Set.of(), Set.of())));
    golden.put(
        """
        {"do":"count","to":{"kind":"hearing","notification":{"id":"n-1","role":"editor",\
        "title":"t","message":"m","category":"system","priority":"high","level":"info",\
        "created_at":"2026-03-01T12:00:00.000Z"}}}\
        """,
        new Count(
            new Hearing(
                new Notification(
                    "n-1",
                    new Notification.Addressee.ToRole("editor"),
                    "t",
                    "m",
                    "system",
                    Optional.empty(),
                    Notification.Priority.HIGH,
                    Notification.Level.INFO,
                    new JsonObject(),
                    Instant.parse("2026-03-01T12:00:00Z")))));
    golden.put("{\"do\":\"count_open\"}", new CountOpen());
    golden.put(
        """
        {"do":"disconnect","connection":"node-1-a"}\
        """,
        new Disconnect(CONNECTION));
    golden.put(
        """
        {"do":"end_earlier","connection":"node-1-a","user":"ann"}\
        """,
        new EndEarlier(CONNECTION, ANN));
    golden.put(
        """
        {"do":"probe_user","user":"ann"}\
        """,
        new ProbeUser(ANN));
    golden.put(
        """
        {"do":"probe_address","address":"192.0.2.7"}\
        """,
        new ProbeAddress("192.0.2.7"));
    golden.put(
        """
        {"do":"list","limit":200}\
        """,
        new ListConnections(Optional.empty(), Optional.empty(), Optional.empty(), 200));
    golden.put(
        """
        {"do":"list","limit":1,"user":"ann","room":"lobby","after":"node-1-a"}\
        """,
        new ListConnections(Optional.of(ANN), Optional.of(LOBBY), Optional.of(CONNECTION), 1));
    return golden;
  }
}
