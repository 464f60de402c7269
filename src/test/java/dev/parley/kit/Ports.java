package dev.parley.kit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// Ports for servers that must know each other's before they start. They lie below those that
/// systems give to connections and to servers that ask for any, or one would be taken meanwhile.
public final class Ports {
  private static final int FIRST = 10_000;
  private static final int END = 32_000;
  private static final int ATTEMPTS = 1_000;

  private Ports() {}

  /// Free now, each another.
  public static List<Integer> free(int count) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(bind());
      }
      List<Integer> found = sockets.stream().map(ServerSocket::getLocalPort).toList();
      for (ServerSocket socket : sockets) {
        socket.close();
      }
      return found;
    } catch (IOException e) {
      throw new IllegalStateException("no free ports", e);
    }
  }

  private static ServerSocket bind() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    for (int i = 1; i < ATTEMPTS; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      try {
        return new ServerSocket(port, 1, loopback);
      } catch (IOException _) {
        // Taken.
      }
    }
    return new ServerSocket(0, 1, loopback);
  }
}
