package dev.parley.gateway.transport;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/// A client that can send anything, right or wrong, and sees every byte that comes back. Reads time
/// out at the tests' deadline.
final class RawClient implements AutoCloseable {
  static final int KEEP_DEFAULT = 0;
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
  private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

  /// A frame as it came.
  record Frame(int first, byte[] payload) {
    int opcode() {
      return first & 0x0F;
    }

    boolean isCompressed() {
      return (first & 0x40) != 0;
    }

    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    int closeCode() {
      return payload.length < 2
          ? CloseFrame.NO_CODE
          : (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
    }

    String closeReason() {
      return new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }
  }

  private final Socket socket;
  private final DataInputStream in;

  /// @param receiveBufferBytes small for clients that shall be slow
  RawClient(int port, int receiveBufferBytes) {
    try {
      socket = new Socket();
      if (receiveBufferBytes != KEEP_DEFAULT) {
        socket.setReceiveBufferSize(receiveBufferBytes);
      }
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(Peer.DEADLINE_SECONDS));
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 64 * 1024));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Connected and upgraded.
  static RawClient open(int port, String path) {
    var client = new RawClient(port, KEEP_DEFAULT);
    client.handshake(path);
    return client;
  }

  static String request(String path, String... headers) {
    var lines = new StringBuilder("GET ").append(path).append(" HTTP/1.1\r\nHost: localhost\r\n");
    for (var header : headers) {
      lines.append(header).append("\r\n");
    }
    return lines.append("\r\n").toString();
  }

  static String upgradeRequest(String path, String... headers) {
    var all = new String[headers.length + 4];
    all[0] = "Upgrade: websocket";
    all[1] = "Connection: keep-alive, Upgrade";
    all[2] = "Sec-WebSocket-Version: 13";
    all[3] = "Sec-WebSocket-Key: " + KEY;
    System.arraycopy(headers, 0, all, 4, headers.length);
    return request(path, all);
  }

  /// @return the head of the answer, which must be a good 101
  @CanIgnoreReturnValue
  String handshake(String path, String... headers) {
    send(upgradeRequest(path, headers));
    return readGoodHead();
  }

  @CanIgnoreReturnValue
  String readGoodHead() {
    var head = readHead();
    if (!head.startsWith("HTTP/1.1 101") || !head.contains(ACCEPT)) {
      throw new AssertionError("no good handshake: " + head);
    }
    return head;
  }

  void send(String text) {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  void send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void text(String text) {
    send(frame(0x81, text.getBytes(StandardCharsets.UTF_8)));
  }

  /// A masked frame.
  ///
  /// @param first the first byte of the header: 0x80 last, 0x40–0x10 reserved, opcode
  static byte[] frame(int first, byte[] payload) {
    return frame(first, 0x37FA213D, payload);
  }

  static byte[] frame(int first, int mask, byte[] payload) {
    var bytes = header(first, payload.length, 0x80);
    for (int at = 0; at < 4; at++) {
      bytes.write(mask >>> (24 - 8 * at));
    }
    for (int at = 0; at < payload.length; at++) {
      bytes.write(payload[at] ^ mask >>> (24 - 8 * (at % 4)));
    }
    return bytes.toByteArray();
  }

  static byte[] unmasked(int first, byte[] payload) {
    var bytes = header(first, payload.length, 0);
    bytes.writeBytes(payload);
    return bytes.toByteArray();
  }

  private static ByteArrayOutputStream header(int first, int length, int maskBit) {
    var bytes = new ByteArrayOutputStream(length + 14);
    bytes.write(first);
    if (length < 126) {
      bytes.write(maskBit | length);
    } else if (length <= 0xFFFF) {
      bytes.write(maskBit | 126);
      bytes.write(length >>> 8);
      bytes.write(length);
    } else {
      bytes.write(maskBit | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        bytes.write((int) ((long) length >>> shift));
      }
    }
    return bytes;
  }

  /// Answers a close frame, if the server still listens.
  void answer(Frame close) {
    try {
      send(frame(0x88, close.payload()));
    } catch (UncheckedIOException _) {
      // The server ended the connection already.
    }
  }

  static byte[] closePayload(int code, String reason) {
    return CloseFrame.payload(code, reason);
  }

  /// Up to and with the empty line.
  String readHead() {
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) readByte());
    }
    return head.toString();
  }

  String readBody(int length) {
    return new String(readBytes(length), StandardCharsets.UTF_8);
  }

  Frame read() {
    int first = readByte();
    int second = readByte();
    try {
      long length =
          switch (second) {
            case 126 -> in.readUnsignedShort();
            case 127 -> in.readLong();
            default -> second;
          };
      return new Frame(first, readBytes((int) length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int readByte() {
    try {
      return in.readUnsignedByte();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] readBytes(int length) {
    try {
      return in.readNBytes(length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether the server ended the connection properly and nothing more came.
  boolean isAtEnd() {
    try {
      return in.read() < 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads and forgets until the connection is over, properly or not.
  ///
  /// @return the bytes seen
  long readOut() {
    long bytes = 0;
    try {
      while (true) {
        in.readByte();
        bytes++;
      }
    } catch (EOFException | SocketException _) {
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void shutdownOutput() {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Goes with a reset.
  void reset() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
