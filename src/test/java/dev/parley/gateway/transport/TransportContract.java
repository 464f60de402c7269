package dev.parley.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.parley.dialect.OutFrame;
import dev.parley.protocol.CloseCode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What every transport does, over real sockets.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TransportContract {
  static final int LAST_TEXT = 0x81;
  private static final int FIRST_TEXT = 0x01;
  private static final int LAST_BINARY = 0x82;
  private static final int FIRST_BINARY = 0x02;
  private static final int MIDDLE = 0x00;
  private static final int END = 0x80;
  private static final int CLOSE = 0x88;
  private static final int PING = 0x89;
  private static final int PONG = 0x8A;

  private QuietLog log;
  TransportServer server;
  WebSocketClient webSockets;

  abstract Upgrader upgrader(Vertx vertx);

  @BeforeAll
  void start() {
    log = new QuietLog();
    server = new TransportServer(this::upgrader);
    webSockets = server.vertx().createWebSocketClient();
  }

  @AfterEach
  void nothingWasSaid() {
    log.assertNothingSaid();
    server.forget();
  }

  @AfterAll
  void nothingIsLeft() {
    server.close();
    log.assertNothingLeaked();
    log.close();
  }

  RawClient open(String path) {
    return RawClient.open(server.port(), path);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] pattern(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) ('a' + i % 23);
    }
    return bytes;
  }

  /// The server found something wrong: it says so to the listener and by a close frame, then ends.
  private void assertViolation(RawClient client, CloseCode code) {
    var frame = client.read();
    assertThat(frame.opcode()).isEqualTo(0x8);
    assertThat(frame.closeCode()).isEqualTo(code.code());
    assertThat(frame.closeReason()).isEqualTo(code.reason());
    client.answer(frame);
    assertThat(client.readOut()).isZero();
    var peer = server.peer();
    assertThat(peer.next(Happened.Violated.class).code()).isEqualTo(code);
    client.shutdownOutput();
    peer.next(Happened.Closed.class);
  }

  private void assertViolationOf(CloseCode code, byte[]... frames) {
    try (var client = open("/ws")) {
      for (var frame : frames) {
        client.send(frame);
      }
      assertViolation(client, code);
    }
  }

  // Handshake

  @Test
  void otherRoutesOfTheServerAnswer() {
    try (var client = new RawClient(server.port(), RawClient.KEEP_DEFAULT)) {
      client.send(RawClient.request("/hello"));
      assertThat(client.readHead()).startsWith("HTTP/1.1 200");
      assertThat(client.readBody(5)).isEqualTo("hello");
      client.handshake("/echo");
      client.text("upgraded on a connection that served a page");
      assertThat(client.read().text()).isEqualTo("upgraded on a connection that served a page");
      server.peer();
    }
  }

  @Test
  void anotherVersionIsAnswered426() {
    try (var client = new RawClient(server.port(), RawClient.KEEP_DEFAULT)) {
      client.send(RawClient.upgradeRequest("/ws").replace("Version: 13", "Version: 8"));
      assertThat(client.readHead())
          .startsWith("HTTP/1.1 426")
          .containsIgnoringCase("sec-websocket-version: 13\r\n");
      assertThat(server.refused())
          .isInstanceOfSatisfying(
              HandshakeRefusedException.class,
              refused -> assertThat(refused.status()).isEqualTo(426));
    }
  }

  @Test
  void aMissingOrBadKeyIsAnswered400() {
    for (var key : List.of("", "Sec-WebSocket-Key: \r\n", "Sec-WebSocket-Key: c2hvcnQ=\r\n")) {
      try (var client = new RawClient(server.port(), RawClient.KEEP_DEFAULT)) {
        client.send(RawClient.upgradeRequest("/ws").replaceAll("Sec-WebSocket-Key: .*\r\n", key));
        assertThat(client.readHead()).startsWith("HTTP/1.1 400");
        assertThat(server.refused()).isInstanceOf(HandshakeRefusedException.class);
      }
    }
  }

  @Test
  void theChosenSubprotocolIsAnswered() {
    server.settings =
        new TransportSettings(1024, true, true, Optional.of("parley.bearer"), 1024, 4096);
    try (var client = new RawClient(server.port(), RawClient.KEEP_DEFAULT)) {
      var head = client.handshake("/ws", "Sec-WebSocket-Protocol: parley.bearer, eyJ.e.s");
      assertThat(head).containsIgnoringCase("sec-websocket-protocol: parley.bearer\r\n");
      server.peer();
    }
  }

  @Test
  void noSubprotocolIsAnsweredIfNoneWasChosen() {
    try (var client = new RawClient(server.port(), RawClient.KEEP_DEFAULT)) {
      var head = client.handshake("/ws", "Sec-WebSocket-Protocol: parley.bearer, eyJ.e.s");
      assertThat(head).doesNotContainIgnoringCase("sec-websocket-protocol");
      server.peer();
    }
  }

  @Test
  void aPausedRequestMayBeUpgradedLater() {
    try (var client = open("/later")) {
      client.text("hello");
      assertThat(client.read().text()).isEqualTo("hello");
      server.peer();
    }
  }

  // Messages

  @Test
  void textAndBinaryOfEverySizeComeBackAsTheyWere() {
    try (var client = open("/echo")) {
      for (int size : new int[] {0, 1, 7, 8, 125, 126, 127, 4_000, 65_535, 65_536, 200_000}) {
        client.send(RawClient.frame(LAST_TEXT, pattern(size)));
        var text = client.read();
        assertThat(text.first()).isEqualTo(LAST_TEXT);
        assertThat(text.payload()).isEqualTo(pattern(size));
        client.send(RawClient.frame(LAST_BINARY, pattern(size)));
        var binary = client.read();
        assertThat(binary.first()).isEqualTo(LAST_BINARY);
        assertThat(binary.payload()).isEqualTo(pattern(size));
      }
      server.peer();
    }
  }

  @Test
  void aMessageMayComeByteByByte() {
    try (var client = open("/echo")) {
      for (var piece : RawClient.frame(LAST_TEXT, bytes("Grüße, 世界 🌍".repeat(20)))) {
        client.send(new byte[] {piece});
      }
      assertThat(client.read().text()).isEqualTo("Grüße, 世界 🌍".repeat(20));
      server.peer();
    }
  }

  @Test
  void fragmentsMakeOneMessageEvenWithAPingBetween() {
    try (var client = open("/echo")) {
      byte[] text = bytes("naïve – 世界");
      client.send(RawClient.frame(FIRST_TEXT, Arrays.copyOf(text, 3)));
      client.send(RawClient.frame(MIDDLE, new byte[0]));
      client.send(RawClient.frame(PING, bytes("between")));
      client.send(RawClient.frame(MIDDLE, Arrays.copyOfRange(text, 3, 9)));
      client.send(RawClient.frame(END, Arrays.copyOfRange(text, 9, text.length)));
      var pong = client.read();
      assertThat(pong.first()).isEqualTo(PONG);
      assertThat(pong.text()).isEqualTo("between");
      assertThat(client.read().payload()).isEqualTo(text);
      var peer = server.peer();
      assertThat(peer.next(Happened.Message.class).frame().payload()).isEqualTo(text);
    }
  }

  @Test
  void manyMessagesInOneSegmentComeInOrder() {
    try (var client = open("/echo")) {
      var all = Buffer.buffer();
      for (int i = 0; i < 500; i++) {
        all.appendBytes(RawClient.frame(LAST_TEXT, bytes("message " + i)));
      }
      client.send(all.getBytes());
      for (int i = 0; i < 500; i++) {
        assertThat(client.read().text()).isEqualTo("message " + i);
      }
      server.peer();
    }
  }

  @Test
  void aRealClientTalksBothWays() throws Exception {
    var received = new LinkedBlockingQueue<String>();
    var options =
        new WebSocketConnectOptions().setHost("127.0.0.1").setPort(server.port()).setURI("/echo");
    var socket = TransportServer.await(webSockets.connect(options));
    socket.textMessageHandler(received::add);
    socket.binaryMessageHandler(buffer -> received.add("binary " + buffer));
    TransportServer.await(socket.writeTextMessage("text"));
    assertThat(received.poll(Peer.DEADLINE_SECONDS, TimeUnit.SECONDS)).isEqualTo("text");
    TransportServer.await(socket.writeBinaryMessage(Buffer.buffer("bytes")));
    assertThat(received.poll(Peer.DEADLINE_SECONDS, TimeUnit.SECONDS)).isEqualTo("binary bytes");
    TransportServer.await(socket.close((short) 4000, "enough"));
    assertThat(server.peer().next(Happened.Closed.class).code()).isEqualTo(4000);
  }

  // Keeping alive

  @Test
  void pingsAreAnsweredAndTold() {
    try (var client = open("/ws")) {
      client.send(RawClient.frame(PING, pattern(125)));
      var pong = client.read();
      assertThat(pong.first()).isEqualTo(PONG);
      assertThat(pong.payload()).isEqualTo(pattern(125));
      assertThat(server.peer().next()).isEqualTo(new Happened.Alive());
    }
  }

  @Test
  void aPingOfOursIsSentAndItsPongTold() {
    try (var client = open("/ws")) {
      var peer = server.peer();
      peer.run(Transport::ping);
      var ping = client.read();
      assertThat(ping.first()).isEqualTo(PING);
      client.send(RawClient.frame(PONG, ping.payload()));
      assertThat(peer.next()).isEqualTo(new Happened.Alive());
    }
  }

  @Test
  void theNumberOfAPingComesBackWithItsPong() {
    try (var client = open("/ws")) {
      var peer = server.peer();
      peer.run(transport -> transport.ping(7L << 40));
      var ping = client.read();
      assertThat(ping.first()).isEqualTo(PING);
      client.send(RawClient.frame(PONG, pattern(8 + 1)));
      client.send(RawClient.frame(PONG, ping.payload()));
      assertThat(peer.next()).isEqualTo(new Happened.Alive());
      assertThat(peer.next()).isEqualTo(new Happened.Alive());
      assertThat(peer.next()).isEqualTo(new Happened.Echoed(7L << 40));
    }
  }

  @Test
  void pingsOfAClientThatDoesNotReadDoNotPileUp() {
    try (var client = new RawClient(server.port(), 4096)) {
      client.handshake("/ws");
      var peer = server.peer();
      var pings = Buffer.buffer();
      for (int i = 0; i < 500; i++) {
        pings.appendBytes(RawClient.frame(PING, pattern(125)));
      }
      var sender = Thread.startVirtualThread(() -> sendUntilClosed(client, pings.getBytes()));
      peer.next(Happened.Alive.class);
      for (int i = 0; i < 200; i++) {
        peer.next(Happened.Alive.class);
        assertThat(peer.ask(Transport::unsentBytes)).isLessThan(200_000);
      }
      peer.run(Transport::cut);
      assertThat(peer.next(Happened.Closed.class).code()).isEqualTo(CloseFrame.ABNORMAL);
      assertThat(sender).isNotNull();
    }
  }

  private static void sendUntilClosed(RawClient client, byte[] bytes) {
    try {
      for (int i = 0; i < 200; i++) {
        client.send(bytes);
      }
    } catch (UncheckedIOException _) {
      // The connection was cut: the end of this test.
    }
  }

  // Violations

  @Test
  void anUnmaskedFrameIsRefused() {
    assertViolationOf(CloseCode.PROTOCOL_ERROR, RawClient.unmasked(LAST_TEXT, bytes("plain")));
  }

  @Test
  void reservedBitsAreRefused() {
    for (int bit : new int[] {0x40, 0x20, 0x10}) {
      assertViolationOf(
          CloseCode.PROTOCOL_ERROR, RawClient.frame(LAST_TEXT | bit, bytes("reserved")));
    }
  }

  @Test
  void reservedOpcodesAreRefused() {
    for (int opcode : new int[] {0x3, 0x7, 0xB, 0xF}) {
      assertViolationOf(CloseCode.PROTOCOL_ERROR, RawClient.frame(END | opcode, bytes("what")));
    }
  }

  @Test
  void controlFramesAreShortAndWhole() {
    assertViolationOf(CloseCode.PROTOCOL_ERROR, RawClient.frame(PING, pattern(126)));
    assertViolationOf(CloseCode.PROTOCOL_ERROR, RawClient.frame(0x09, bytes("part")));
  }

  @Test
  void fragmentsOutOfOrderAreRefused() {
    assertViolationOf(CloseCode.PROTOCOL_ERROR, RawClient.frame(END, bytes("of nothing")));
    assertViolationOf(
        CloseCode.PROTOCOL_ERROR,
        RawClient.frame(FIRST_TEXT, bytes("begun")),
        RawClient.frame(LAST_TEXT, bytes("another")));
  }

  @Test
  void textMustBeUtf8() {
    assertViolationOf(
        CloseCode.INVALID_TEXT,
        RawClient.frame(LAST_TEXT, new byte[] {'a', (byte) 0xC3, (byte) 0x28}));
    assertViolationOf(
        CloseCode.INVALID_TEXT,
        RawClient.frame(LAST_TEXT, new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}));
  }

  @Test
  void textMustBeUtf8AcrossFragments() {
    assertViolationOf(
        CloseCode.INVALID_TEXT,
        RawClient.frame(FIRST_TEXT, new byte[] {'a', (byte) 0xE2}),
        RawClient.frame(MIDDLE, new byte[] {(byte) 0x82}),
        RawClient.frame(END, new byte[] {'x'}));
  }

  @Test
  void aMessageAboveTheLimitIsRefused() {
    server.settings =
        new TransportSettings(1_000, true, true, Optional.empty(), 32 * 1024, 64 * 1024);
    assertViolationOf(CloseCode.TOO_LARGE, RawClient.frame(LAST_BINARY, pattern(1_001)));
    assertViolationOf(
        CloseCode.TOO_LARGE,
        RawClient.frame(FIRST_BINARY, pattern(600)),
        RawClient.frame(MIDDLE, pattern(400)),
        RawClient.frame(END, pattern(1)));
  }

  @Test
  void aFrameAboveTheServersLimitIsRefused() {
    var frame = RawClient.frame(LAST_BINARY, pattern(TransportServer.MAX_MESSAGE_BYTES + 1));
    assertViolationOf(CloseCode.TOO_LARGE, Arrays.copyOf(frame, 14));
  }

  @Test
  void aViolationBehindAGoodMessageIsToldAfterIt() {
    try (var client = open("/echo")) {
      var both =
          Buffer.buffer(RawClient.frame(LAST_TEXT, bytes("good")))
              .appendBytes(RawClient.unmasked(LAST_TEXT, bytes("bad")));
      client.send(both.getBytes());
      assertThat(client.read().text()).isEqualTo("good");
      assertViolation(client, CloseCode.PROTOCOL_ERROR);
    }
  }

  @Test
  void limitsMayBeWidenedAndFragmentsAllowedLater() {
    server.settings =
        new TransportSettings(16, false, true, Optional.empty(), 32 * 1024, 64 * 1024);
    assertViolationOf(CloseCode.TOO_LARGE, RawClient.frame(LAST_TEXT, pattern(17)));
    assertViolationOf(CloseCode.POLICY, RawClient.frame(FIRST_TEXT, pattern(3)));
    try (var client = open("/echo")) {
      client.send(RawClient.frame(LAST_TEXT, pattern(16)));
      assertThat(client.read().payload()).hasSize(16);
      server.peer().run(transport -> transport.limitInput(2_000, true));
      client.send(RawClient.frame(FIRST_TEXT, pattern(23 * 40)));
      client.send(RawClient.frame(END, pattern(23 * 40)));
      assertThat(client.read().payload()).isEqualTo(pattern(23 * 80));
    }
  }

  @Test
  void aMessageMayHaveOnlySoManyFragments() {
    try (var client = open("/ws")) {
      var fragments = Buffer.buffer(RawClient.frame(FIRST_TEXT, new byte[0]));
      for (int i = 0; i < MessageAssembly.MAX_FRAGMENTS; i++) {
        fragments.appendBytes(RawClient.frame(MIDDLE, new byte[0]));
      }
      client.send(fragments.getBytes());
      assertViolation(client, CloseCode.TOO_LARGE);
    }
  }

  @Test
  void anUnfinishedFrameHarmsNobody() {
    var frame = RawClient.frame(LAST_TEXT, pattern(1_000));
    for (int cut : new int[] {1, 2, 3, 5, 8, 500}) {
      try (var client = open("/ws")) {
        client.send(Arrays.copyOf(frame, cut));
      }
      var peer = server.peer();
      assertThat(peer.next()).isEqualTo(new Happened.Closed(CloseFrame.ABNORMAL));
    }
  }

  // Closing

  @Test
  void aCloseOfOursWaitsForTheAnswer() {
    try (var client = open("/ws")) {
      var peer = server.peer();
      peer.run(
          transport -> {
            transport.send(OutFrame.text(bytes("before")));
            transport.close(CloseCode.FORCED, "Gehen Sie bitte – jetzt");
            transport.send(OutFrame.text(bytes("after")));
          });
      assertThat(client.read().text()).isEqualTo("before");
      var close = client.read();
      assertThat(close.closeCode()).isEqualTo(4403);
      assertThat(close.closeReason()).isEqualTo("Gehen Sie bitte – jetzt");
      client.text("too late");
      assertThat(peer.isToldNothing()).isTrue();
      client.send(RawClient.frame(CLOSE, RawClient.closePayload(4403, "")));
      assertThat(client.isAtEnd()).isTrue();
      assertThat(peer.next()).isEqualTo(new Happened.Closed(4403));
    }
  }

  @Test
  void aCloseReasonIsCutToFit() {
    try (var client = open("/ws")) {
      server.peer().run(transport -> transport.close(CloseCode.POLICY, "ä".repeat(100)));
      assertThat(client.read().closeReason()).isEqualTo("ä".repeat(61));
    }
  }

  @Test
  void aCloseOfTheClientIsAnsweredWithItsCode() {
    try (var client = open("/ws")) {
      client.send(RawClient.frame(CLOSE, RawClient.closePayload(3001, "bye")));
      assertThat(client.read().closeCode()).isEqualTo(3001);
      assertThat(client.isAtEnd()).isTrue();
      assertThat(server.peer().next()).isEqualTo(new Happened.Closed(3001));
    }
  }

  @Test
  void aCloseWithoutCodeIsToldAs1005() {
    try (var client = open("/ws")) {
      client.send(RawClient.frame(CLOSE, new byte[0]));
      assertThat(client.read().opcode()).isEqualTo(0x8);
      assertThat(client.isAtEnd()).isTrue();
      assertThat(server.peer().next()).isEqualTo(new Happened.Closed(CloseFrame.NO_CODE));
    }
  }

  @Test
  void malformedClosesAreRefused() {
    assertViolationOf(CloseCode.PROTOCOL_ERROR, RawClient.frame(CLOSE, new byte[] {3}));
    for (int code : new int[] {0, 999, 1004, 1005, 1006, 1015, 2999}) {
      assertViolationOf(
          CloseCode.PROTOCOL_ERROR,
          RawClient.frame(CLOSE, new byte[] {(byte) (code >>> 8), (byte) code}));
    }
  }

  @Test
  void framesBehindACloseAreIgnored() {
    try (var client = open("/ws")) {
      var both =
          Buffer.buffer(RawClient.frame(CLOSE, RawClient.closePayload(1000, "")))
              .appendBytes(RawClient.frame(LAST_TEXT, bytes("still here")));
      client.send(both.getBytes());
      assertThat(client.read().closeCode()).isEqualTo(1000);
      assertThat(server.peer().next()).isEqualTo(new Happened.Closed(1000));
    }
  }

  @Test
  void aHalfClosedSocketIsOver() {
    try (var client = open("/ws")) {
      client.shutdownOutput();
      assertThat(client.isAtEnd()).isTrue();
      assertThat(server.peer().next()).isEqualTo(new Happened.Closed(CloseFrame.ABNORMAL));
    }
  }

  @Test
  void aCloseBeforeAHalfClosedSocketIsAnswered() {
    try (var client = open("/ws")) {
      client.send(RawClient.frame(CLOSE, RawClient.closePayload(1001, "")));
      client.shutdownOutput();
      assertThat(client.read().closeCode()).isEqualTo(1001);
      assertThat(client.isAtEnd()).isTrue();
      assertThat(server.peer().next()).isEqualTo(new Happened.Closed(1001));
    }
  }

  @Test
  void aResetIsToldAs1006() {
    var client = open("/echo");
    client.text("hello");
    assertThat(client.read().text()).isEqualTo("hello");
    client.reset();
    assertThat(server.peer().next(Happened.Closed.class).code()).isEqualTo(CloseFrame.ABNORMAL);
  }

  @Test
  void nothingHappensAfterTheEnd() {
    try (var client = open("/ws")) {
      var peer = server.peer();
      peer.run(Transport::cut);
      assertThat(client.isAtEnd()).isTrue();
      assertThat(peer.next()).isEqualTo(new Happened.Closed(CloseFrame.ABNORMAL));
      peer.run(
          transport -> {
            transport.send(OutFrame.text(bytes("nobody")));
            var shared = SharedFrame.of(OutFrame.text(bytes("nobody")));
            transport.send(shared);
            shared.release();
            transport.ping();
            transport.pause();
            transport.resume();
            transport.close(CloseCode.NORMAL, "");
            transport.cut();
            assertThat(transport.isWritable()).isFalse();
          });
      assertThat(peer.isToldNothing()).isTrue();
    }
  }

  // Back-pressure

  @Test
  void aSlowReaderIsFeltAndLosesNothing() {
    try (var client = new RawClient(server.port(), 4096)) {
      client.handshake("/ws");
      var peer = server.peer();
      var shared = SharedFrame.of(OutFrame.binary(pattern(30_000)));
      long sent = fill(peer, shared, 1_000_000);
      shared.release();
      assertThat(peer.ask(Transport::isWritable)).isFalse();
      long unsent = peer.ask(Transport::unsentBytes);
      assertThat(unsent).isLessThanOrEqualTo(sent).isGreaterThan(sent - 400_000);
      assertThat(peer.ask(Transport::bytesOut)).isEqualTo(sent);
      for (long read = 0; read < sent; read += 30_004) {
        assertThat(client.read().payload()).isEqualTo(pattern(30_000));
      }
      assertThat(peer.next(Happened.Writable.class)).isNotNull();
      assertThat(peer.ask(Transport::isWritable)).isTrue();
      peer.run(transport -> transport.send(OutFrame.text(bytes("last"))));
      assertThat(client.read().text()).isEqualTo("last");
      assertThat(peer.ask(Transport::unsentBytes)).isZero();
    }
  }

  /// Sends until so much is unsent; how many bytes that took.
  @CanIgnoreReturnValue
  static long fill(Peer peer, SharedFrame frame, long unsentBytes) {
    for (int frames = 0; peer.ask(Transport::unsentBytes) < unsentBytes; frames++) {
      assertThat(frames).as("frames that should not all have gone").isLessThan(1_000);
      peer.run(transport -> transport.send(frame));
    }
    return peer.ask(Transport::bytesOut);
  }

  @Test
  void aSlowReaderCanBeCut() {
    try (var client = new RawClient(server.port(), 4096)) {
      client.handshake("/ws");
      var peer = server.peer();
      var shared = SharedFrame.of(OutFrame.binary(pattern(30_000)));
      long sent = fill(peer, shared, 500_000);
      shared.release();
      peer.run(Transport::cut);
      assertThat(peer.next(Happened.Closed.class).code()).isEqualTo(CloseFrame.ABNORMAL);
      assertThat(client.readOut()).isLessThan(sent);
    }
  }

  @Test
  void aCloseBehindABacklogEndsAfterFiveSeconds() {
    try (var client = new RawClient(server.port(), 4096)) {
      client.handshake("/ws");
      var peer = server.peer();
      var shared = SharedFrame.of(OutFrame.binary(pattern(30_000)));
      fill(peer, shared, 500_000);
      shared.release();
      peer.run(transport -> transport.close(CloseCode.SLOW_CONSUMER, "slow"));
      assertThat(peer.next(Happened.Closed.class).code()).isEqualTo(CloseFrame.ABNORMAL);
    }
  }

  @Test
  void aPausedConnectionHearsNothingUntilItResumes() {
    try (var client = open("/ws")) {
      var peer = server.peer();
      peer.run(Transport::pause);
      var all = Buffer.buffer();
      for (int i = 0; i < 100; i++) {
        all.appendBytes(RawClient.frame(LAST_TEXT, bytes("message " + i)));
      }
      client.send(all.getBytes());
      peer.run(Transport::ping);
      assertThat(client.read().first()).isEqualTo(PING);
      assertThat(peer.isToldNothing()).isTrue();
      peer.run(Transport::resume);
      for (int i = 0; i < 100; i++) {
        assertThat(peer.next(Happened.Message.class).text()).isEqualTo("message " + i);
      }
    }
  }

  @Test
  void aClientIsFeltWhenPaused() throws Exception {
    try (var client = open("/ws")) {
      var peer = server.peer();
      peer.run(Transport::pause);
      var frame = RawClient.frame(LAST_BINARY, pattern(60_000));
      var sender =
          Thread.startVirtualThread(() -> IntStream.range(0, 150).forEach(_ -> client.send(frame)));
      assertThat(peer.ask(Transport::bytesIn)).isLessThan(1_000_000);
      peer.run(Transport::resume);
      for (int i = 0; i < 150; i++) {
        assertThat(peer.next(Happened.Message.class).frame().payload()).hasSize(60_000);
      }
      sender.join();
    }
  }

  // Sharing

  @Test
  void aSharedFrameReachesEveryoneByteForByte() {
    var clients = new ArrayList<RawClient>();
    var peers = new ArrayList<Peer>();
    for (int i = 0; i < 200; i++) {
      clients.add(open("/ws"));
      peers.add(server.peer());
    }
    var frames =
        List.of(
            OutFrame.text(pattern(1)),
            OutFrame.text(pattern(200)),
            OutFrame.binary(pattern(70_000)),
            OutFrame.text(pattern(1_500)),
            OutFrame.binary(pattern(5_000)));
    var shared = frames.stream().map(SharedFrame::of).toList();
    peers.forEach(peer -> peer.run(transport -> shared.forEach(transport::send)));
    shared.forEach(SharedFrame::release);
    for (var client : clients) {
      for (var frame : frames) {
        var received = client.read();
        assertThat(received.first()).isEqualTo(frame.binary() ? LAST_BINARY : LAST_TEXT);
        assertThat(received.payload()).isEqualTo(frame.payload());
      }
      client.close();
    }
    peers.forEach(peer -> peer.next(Happened.Closed.class));
  }

  @Test
  void sharedAndOwnFramesKeepTheirOrder() {
    try (var client = open("/ws")) {
      var shared = SharedFrame.of(OutFrame.text(bytes("shared")));
      server
          .peer()
          .run(
              transport -> {
                for (int i = 0; i < 50; i++) {
                  transport.send(shared);
                  transport.send(OutFrame.text(bytes("own " + i)));
                  transport.send(shared);
                  transport.send(shared);
                  transport.ping();
                }
              });
      shared.release();
      for (int i = 0; i < 50; i++) {
        assertThat(client.read().text()).isEqualTo("shared");
        assertThat(client.read().text()).isEqualTo("own " + i);
        assertThat(client.read().text()).isEqualTo("shared");
        assertThat(client.read().text()).isEqualTo("shared");
        assertThat(client.read().first()).isEqualTo(PING);
      }
    }
  }

  @Test
  void aSharedFrameMayBeSentFromSeveralEventLoops() {
    try (var one = open("/ws");
        var other = open("/ws")) {
      var peers = List.of(server.peer(), server.peer());
      var shared = SharedFrame.of(OutFrame.text(pattern(2_000)));
      peers.forEach(
          peer -> {
            shared.retain();
            peer.run(
                transport -> {
                  transport.send(shared);
                  shared.release();
                });
          });
      shared.release();
      assertThat(one.read().payload()).isEqualTo(pattern(2_000));
      assertThat(other.read().payload()).isEqualTo(pattern(2_000));
    }
  }

  // Garbage

  @Test
  void garbageHarmsNobody() {
    long seed = System.nanoTime();
    try (var bystander = open("/echo")) {
      server.peer();
      new Garbage(seed).throwAt(server, 100);
      bystander.text("still here");
      assertThat(bystander.read().text()).as("seed %d", seed).isEqualTo("still here");
    }
  }
}
