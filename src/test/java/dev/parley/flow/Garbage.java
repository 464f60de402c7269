package dev.parley.flow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.Deflater;

/// What a client that is broken, lazy or evil puts on the wire. Each ends when the server ends it,
/// or by itself after two seconds.
enum Garbage {
  RANDOM_BYTES {
    @Override
    void write(OutputStream out, String path, Random random) throws IOException {
      out.write(randomBytes(random, 4_096));
    }
  },
  RANDOM_FRAMES {
    @Override
    void write(OutputStream out, String path, Random random) throws IOException {
      out.write(upgrade(path, ""));
      for (int i = 0; i < 50; i++) {
        out.write(randomBytes(random, 1 + random.nextInt(200)));
      }
    }
  },
  DEEP_JSON {
    @Override
    void write(OutputStream out, String path, Random random) throws IOException {
      out.write(upgrade(path, ""));
      for (int i = 0; i < 120; i++) {
        out.write(
            frame(0x81, ("{\"type\":" + "[".repeat(30_000)).getBytes(StandardCharsets.UTF_8)));
      }
    }
  },
  HUGE_FRAME {
    @Override
    void write(OutputStream out, String path, Random random) throws IOException {
      out.write(upgrade(path, ""));
      out.write(new byte[] {(byte) 0x81, (byte) 0xff, 0, 0, 1, 0, 0, 0, 0, 0, 1, 2, 3, 4});
      out.write(randomBytes(random, 100_000));
    }
  },
  ENDLESS_MESSAGE {
    @Override
    void write(OutputStream out, String path, Random random) throws IOException {
      out.write(upgrade(path, ""));
      out.write(frame(0x01, new byte[1_000]));
      for (int i = 0; i < 1_000; i++) {
        out.write(frame(0x00, new byte[1_000]));
      }
    }
  },
  TINY_FRAGMENTS {
    @Override
    void write(OutputStream out, String path, Random random) throws IOException {
      out.write(upgrade(path, ""));
      out.write(frame(0x01, new byte[] {'{'}));
      for (int i = 0; i < 5_000; i++) {
        out.write(frame(0x00, new byte[] {' '}));
      }
    }
  },
  HALF_HANDSHAKE {
    @Override
    void write(OutputStream out, String path, Random random) throws IOException {
      byte[] whole = upgrade(path, "");
      out.write(whole, 0, whole.length / 2);
    }
  },
  SLOW_HEADERS {
    @Override
    void write(OutputStream out, String path, Random random) throws IOException {
      out.write(("GET " + path + " HTTP/1.1\r\nHost: x\r\n").getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < 20; i++) {
        out.write(("X-" + i + ": y\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
        pause(100);
      }
    }
  },
  WRONG_UTF8 {
    @Override
    void write(OutputStream out, String path, Random random) throws IOException {
      out.write(upgrade(path, ""));
      out.write(frame(0x81, new byte[] {'{', (byte) 0xc3, (byte) 0x28, '}'}));
    }
  },
  INFLATION_BOMB {
    @Override
    void write(OutputStream out, String path, Random random) throws IOException {
      out.write(upgrade(path, "Sec-WebSocket-Extensions: permessage-deflate\r\n"));
      out.write(frame(0xc1, deflatedZeros(50_000_000)));
    }
  };

  private static final int LIFETIME_MILLIS = 2_000;

  abstract void write(OutputStream out, String path, Random random) throws IOException;

  void pour(int port, String path, Random random) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(LIFETIME_MILLIS);
      OutputStream out = socket.getOutputStream();
      write(out, path, random);
      out.flush();
      readToEnd(socket.getInputStream());
    } catch (IOException e) {
      // The server had enough, or it is time.
    }
  }

  private static void readToEnd(InputStream in) throws IOException {
    byte[] sink = new byte[4_096];
    long end = System.nanoTime() + LIFETIME_MILLIS * 1_000_000L;
    while (in.read(sink) >= 0 && System.nanoTime() < end) {
      // What it says is of no interest here.
    }
  }

  private static byte[] upgrade(String path, String more) {
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + more
            + "\r\n";
    return request.getBytes(StandardCharsets.US_ASCII);
  }

  /// A masked frame, with a mask of zeros.
  private static byte[] frame(int head, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 14);
    out.write(head);
    if (payload.length < 126) {
      out.write(0x80 | payload.length);
    } else if (payload.length < 65_536) {
      out.write(0x80 | 126);
      out.write(payload.length >> 8);
      out.write(payload.length);
    } else {
      out.write(0x80 | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        out.write((int) ((long) payload.length >> shift));
      }
    }
    out.writeBytes(new byte[4]);
    out.writeBytes(payload);
    return out.toByteArray();
  }

  private static byte[] deflatedZeros(int bytes) {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(new byte[bytes]);
    byte[] out = new byte[bytes / 500];
    int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
    deflater.end();
    return Arrays.copyOf(out, length - 4);
  }

  private static byte[] randomBytes(Random random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(millis * 1_000_000);
  }
}
