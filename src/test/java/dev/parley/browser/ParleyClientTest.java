package dev.parley.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.browser.ScriptedServer.Peer;
import dev.parley.kit.Shared;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/// `webroot/js/parley.js` against a server that misbehaves by plan.
@ExtendWith(NeedsChromium.class)
@ResourceLock(Shared.CHROMIUM)
final class ParleyClientTest {
  private static Chromium chromium;

  private ScriptedServer server;
  private Tab tab;

  @BeforeAll
  static void start() {
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void open() {
    server = new ScriptedServer();
    tab = chromium.open();
    tab.go(server.url());
  }

  @AfterEach
  void close() {
    tab.close();
    server.close();
  }

  /// Makes a client whose delays are short, and notes what it tells.
  private void connect(String options) {
    tab.evaluate(
        """
        (async () => {
          const { Parley } = await import('/js/parley.js');
          globalThis.tokens = 0;
          globalThis.parley = new Parley({
            url: `ws://${location.host}/parley/v1`,
            token: () => `token-${++tokens}`,
            minDelayMs: 20,
            maxDelayMs: 100,
            ...%s,
          });
          globalThis.told = [];
          globalThis.states = [];
          parley.on('*', (event) => told.push(event.seq ?? event.type));
          parley.on('joined', ({ room, recovered }) => told.push(`${room} ${recovered}`));
          parley.on('refused', ({ room, error }) => told.push(`${room} ${error.code}`));
          parley.on('state', (detail) => states.push(detail));
          globalThis.connected = parley.connect();
          connected.catch(() => {});
        })()\
        """
            .formatted(options));
  }

  private void awaitState(String state) {
    tab.await("parley.state === '%s'".formatted(state));
  }

  private void awaitTold(String list) {
    tab.await("told.join() === '%s'".formatted(list));
  }

  /// Joins a room whose newest event is 4.
  private void join(Peer peer, String room) {
    tab.evaluate("parley.join('%s').catch(() => {}), undefined".formatted(room));
    JsonObject request = peer.read("room.join");
    assertThat(request.getString("room")).isEqualTo(room);
    peer.answer(request, position(4, "a"));
  }

  private static JsonObject position(int seq, String epoch) {
    return new JsonObject().put("seq", seq).put("epoch", epoch);
  }

  private static JsonObject message(String room, int seq, String epoch) {
    return position(seq, epoch).put("type", "chat.message").put("room", room);
  }

  private static JsonObject resumed(String room, JsonObject outcome) {
    return new JsonObject()
        .put("rooms", new JsonObject().put(room, outcome))
        .put("topics", new JsonArray());
  }

  @Test
  void theTokenIsAskedForBeforeEveryConnectionAndSentAsSubprotocol() {
    connect("{}");
    Peer first = server.welcome("c1");
    assertThat(first.offered()).isEqualTo("parley.bearer, token-1");
    awaitState("open");
    first.close(1001);
    assertThat(server.accept().offered()).isEqualTo("parley.bearer, token-2");
  }

  @Test
  void aTokenAboutToExpireIsReplacedOnTheOpenConnection() {
    connect("{}");
    Peer peer = server.welcome("c1");
    awaitState("open");
    peer.send(new JsonObject().put("type", "session.expiring"));
    assertThat(peer.read("auth").getString("token")).isEqualTo("token-2");
  }

  @Test
  void roomsAreResumedAtThePositionsOfTheLastEventsSeen() {
    connect("{}");
    Peer first = server.welcome("c1");
    awaitState("open");
    join(first, "lobby");
    first.send(message("lobby", 5, "a"));
    awaitTold("lobby undefined,5");
    first.close(1001);

    Peer second = server.welcome("c2");
    JsonObject resume = second.read("session.resume");
    assertThat(resume.getString("connection")).isEqualTo("c1");
    assertThat(resume.getJsonObject("rooms"))
        .isEqualTo(new JsonObject().put("lobby", position(5, "a")));
    second.answer(resume, resumed("lobby", position(7, "b").put("recovered", true)));
    second.send(message("lobby", 6, "a"));
    second.send(message("lobby", 7, "b"));
    awaitTold("lobby undefined,5,lobby true,6,7");
    second.close(1001);

    Peer third = server.welcome("c3");
    assertThat(third.read("session.resume").getJsonObject("rooms"))
        .isEqualTo(new JsonObject().put("lobby", position(7, "b")));
  }

  @Test
  void anEventThatComesTwiceIsToldOnce() {
    connect("{}");
    Peer peer = server.welcome("c1");
    awaitState("open");
    join(peer, "lobby");
    peer.send(message("lobby", 4, "a"));
    peer.send(message("lobby", 5, "a"));
    peer.send(message("lobby", 5, "a"));
    peer.send(message("lobby", 6, "a"));
    awaitTold("lobby undefined,5,6");
  }

  @Test
  void whereHistoryIsLostTheRoomGoesOnFromTheNewPosition() {
    connect("{}");
    Peer first = server.welcome("c1");
    awaitState("open");
    join(first, "lobby");
    first.close(1001);

    Peer second = server.welcome("c2");
    second.answer(
        second.read("session.resume"), resumed("lobby", position(2, "z").put("recovered", false)));
    second.send(message("lobby", 3, "z"));
    awaitTold("lobby undefined,lobby false,3");
    second.send(position(1, "y").put("type", "room.reset").put("room", "lobby"));
    second.send(message("lobby", 2, "y"));
    awaitTold("lobby undefined,lobby false,3,lobby false,2");
  }

  @Test
  void aRoomThatMayNoLongerBeEnteredIsForgotten() {
    connect("{}");
    Peer first = server.welcome("c1");
    awaitState("open");
    join(first, "lobby");
    first.close(1001);

    Peer second = server.welcome("c2");
    second.answer(
        second.read("session.resume"),
        resumed("lobby", new JsonObject().put("code", "PERMISSION_DENIED").put("error", "no")));
    awaitTold("lobby undefined,lobby PERMISSION_DENIED");
    assertThat(tab.number("parley.rooms.length")).isZero();
  }

  @Test
  void aRoomJoinedWithoutAConnectionIsJoinedOnTheNext() {
    connect("{}");
    Peer first = server.accept();
    tab.evaluate("globalThis.joined = parley.join('lobby'), undefined");
    first.close(1001);
    Peer second = server.welcome("c2");
    JsonObject request = second.read("room.join");
    assertThat(request.containsKey("since")).isFalse();
    second.answer(request, position(4, "a"));
    assertThat(tab.number("joined.then(({ seq }) => seq)")).isEqualTo(4);
  }

  @Test
  void aMessageWithoutAnAnswerIsSentAgainUnderTheSameId() {
    connect("{}");
    Peer first = server.welcome("c1");
    awaitState("open");
    deliver("Hello");
    JsonObject sent = first.read("chat.send");
    first.close(1001);

    Peer second = server.welcome("c2");
    JsonObject again = second.read("chat.send");
    assertThat(again.getString("client_message_id"))
        .isEqualTo(sent.getString("client_message_id"))
        .isNotEmpty();
    second.answer(again, position(9, "a"));
    assertThat(tab.number("delivered.then(({ seq }) => seq)")).isEqualTo(9);
  }

  @Test
  void anErrorThatPassesKeepsTheOrder() {
    connect("{}");
    Peer peer = server.welcome("c1");
    awaitState("open");
    deliver("First");
    deliver("Second");
    JsonObject first = peer.read("chat.send");
    assertThat(first.getString("content")).isEqualTo("First");
    assertThat(peer.hasFrameWaiting()).isFalse();
    peer.refuse(first, "UNAVAILABLE");
    JsonObject again = peer.read("chat.send");
    assertThat(again.getString("content")).isEqualTo("First");
    assertThat(again.getString("client_message_id"))
        .isEqualTo(first.getString("client_message_id"));
    peer.answer(again, position(1, "a"));
    assertThat(peer.read("chat.send").getString("content")).isEqualTo("Second");
  }

  @Test
  void aRefusalForGoodIsToldAndTheNextGoesOn() {
    connect("{}");
    Peer peer = server.welcome("c1");
    awaitState("open");
    deliver("First");
    tab.evaluate("globalThis.refused = delivered.catch(({ code }) => code), undefined");
    deliver("Second");
    peer.refuse(peer.read("chat.send"), "PERMISSION_DENIED");
    assertThat(tab.text("refused")).isEqualTo("PERMISSION_DENIED");
    assertThat(peer.read("chat.send").getString("content")).isEqualTo("Second");
  }

  private void deliver(String content) {
    tab.evaluate(
        """
        globalThis.delivered = parley.deliver('chat.send', { room: 'lobby', content: '%s' }),
        undefined\
        """
            .formatted(content));
  }

  @Test
  void requestsUnderWayFailWithTheConnection() {
    connect("{}");
    Peer peer = server.welcome("c1");
    awaitState("open");
    tab.evaluate("globalThis.asked = parley.request('room.list').catch(({ code }) => code), 0");
    peer.read("room.list").clear();
    peer.close(1011);
    assertThat(tab.text("asked")).isEqualTo("CONNECTION_LOST");
  }

  @Test
  void delaysDoubleUpToABoundAndAreRandomBelowIt() {
    tab.evaluate("Math.random = () => 1");
    connect("{ maxDelayMs: 150 }");
    for (int i = 0; i < 5; i++) {
      server.accept().close(1011);
    }
    tab.await("states.filter((one) => one.retryAt).length === 5");
    assertThat(tab.text("states.filter((one) => one.retryAt).map((one) => one.delay).join()"))
        .isEqualTo("20,40,80,150,150");
    tab.evaluate("Math.random = () => 0.5");
    server.accept().close(1011);
    tab.await("states.findLast((one) => one.retryAt).delay === 75");
  }

  @Test
  void aRestartedServerIsComeBackToWithoutAGrownDelay() {
    tab.evaluate("Math.random = () => 1");
    connect("{}");
    for (int i = 0; i < 3; i++) {
      server.accept().close(1011);
    }
    server.accept().close(1012);
    tab.await("states.findLast((one) => one.retryAt).code === 1012");
    assertThat(tab.number("states.findLast((one) => one.retryAt).delay")).isEqualTo(20);
  }

  @Test
  void aRefusedClientDoesNotComeBack() {
    connect("{}");
    Peer peer = server.accept();
    peer.send(
        new JsonObject()
            .put("type", "error")
            .put("code", "AUTHENTICATION_FAILED")
            .put("error", "Bad token"));
    peer.close(1008);
    assertThat(tab.text("connected.catch(({ code, message }) => `${code} ${message}`)"))
        .isEqualTo("AUTHENTICATION_FAILED Bad token");
    assertThat(tab.text("parley.state")).isEqualTo("closed");
    assertThat(server.hasConnectionWaiting()).isFalse();
  }

  @Test
  void aServerThatFallsSilentIsLeft() {
    connect("{ pingIntervalMs: 200, pongTimeoutMs: 200 }");
    Peer first = server.welcome("c1");
    awaitState("open");
    first.send(new JsonObject().put("type", "pong"));
    first.read("ping").clear();
    assertThat(server.accept().offered()).isEqualTo("parley.bearer, token-2");
  }

  @Test
  void aWaitingClientTriesAtOnceWhenItIsAsked() {
    tab.evaluate("Math.random = () => 1");
    connect("{ minDelayMs: 600_000, maxDelayMs: 600_000 }");
    server.accept().close(1011);
    awaitState("waiting");
    tab.evaluate("parley.retryNow()");
    Peer second = server.welcome("c2");
    awaitState("open");
    second.close(1011);
    awaitState("waiting");
    tab.evaluate("dispatchEvent(new Event('online'))");
    assertThat(server.accept().offered()).isEqualTo("parley.bearer, token-3");
  }
}
