package dev.parley.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.CloseCode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// The contract, and what only the lean transport promises.
@Isolated("listens to the log of the process")
final class LeanTransportTest extends TransportContract {
  @Override
  Upgrader upgrader(Vertx vertx) {
    return Upgrader.lean();
  }

  @Test
  void aViolatorThatDoesNotGoIsCut() {
    try (var client = new RawClient(server.port(), RawClient.KEEP_DEFAULT)) {
      client.handshake("/ws");
      client.send(RawClient.unmasked(LAST_TEXT, bytes("plain")));
      var peer = server.peer();
      assertThat(peer.next(Happened.Violated.class).code()).isEqualTo(CloseCode.PROTOCOL_ERROR);
      peer.next(Happened.Closed.class);
    }
  }

  @Test
  void framesRightBehindTheRequestAreNotLost() {
    try (var client = new RawClient(server.port(), RawClient.KEEP_DEFAULT)) {
      var request = bytes(RawClient.upgradeRequest("/echo"));
      var first = RawClient.frame(LAST_TEXT, bytes("first"));
      var second = RawClient.frame(LAST_TEXT, bytes("second"));
      var all = Buffer.buffer(request).appendBytes(first).appendBytes(second, 0, 5);
      client.send(all.getBytes());
      client.readGoodHead();
      assertThat(client.read().text()).isEqualTo("first");
      client.send(Buffer.buffer(second).getBytes(5, second.length));
      assertThat(client.read().text()).isEqualTo("second");
      server.peer();
    }
  }
}
