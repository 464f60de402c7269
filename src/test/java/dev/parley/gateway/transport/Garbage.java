package dev.parley.gateway.transport;

import io.vertx.core.buffer.Buffer;
import java.io.UncheckedIOException;
import java.util.Random;

/// What a broken or hostile client may send: noise, and frames that are nearly right.
final class Garbage {
  private final Random random;

  Garbage(long seed) {
    random = new Random(seed);
  }

  /// Every connection sees its end.
  void throwAt(TransportServer server, int connections) {
    for (int i = 0; i < connections; i++) {
      try (var client = RawClient.open(server.port(), "/echo")) {
        var peer = server.peer();
        int writes = 1 + random.nextInt(6);
        try {
          for (int write = 0; write < writes; write++) {
            client.send(random.nextBoolean() ? noise(2_000) : frames());
          }
        } catch (UncheckedIOException _) {
          // The server had enough of it.
        }
        client.reset();
        peer.next(Happened.Closed.class);
      }
    }
  }

  byte[] noise(int maxBytes) {
    byte[] bytes = new byte[1 + random.nextInt(maxBytes)];
    random.nextBytes(bytes);
    return bytes;
  }

  byte[] frames() {
    var bytes = Buffer.buffer();
    int count = 1 + random.nextInt(10);
    for (int i = 0; i < count; i++) {
      int first = random.nextInt(5) == 0 ? random.nextInt(256) : 0x80 | random.nextInt(3);
      var frame = RawClient.frame(first, random.nextInt(), noise(300));
      if (random.nextInt(10) == 0) {
        frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
      }
      bytes.appendBytes(frame);
    }
    return bytes.getBytes();
  }
}
