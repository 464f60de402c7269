package dev.parley.flow;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.parley.Await;
import dev.parley.TestClient;
import dev.parley.TestNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LostUpgradeFlowTest {
  /// The user's places are taken, so the others are asked whether they are there; meanwhile the
  /// newcomer goes.
  @ParameterizedTest
  @ValueSource(strings = {"lean", "portable"})
  void whoGoesBeforeTheUpgradeGivesTheirPlaceBack(String transport) throws IOException {
    try (TestNode node =
        TestNode.start(
            "ws.transport", transport,
            "limits.probe", "500ms",
            "dialects.nexus.connections_per_user", "2")) {
      List<TestClient> here =
          IntStream.range(0, 2).mapToObj(_ -> node.connect(nexus(node, "ann"))).toList();
      here.forEach(client -> client.await("system.message"));
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
        String request =
            "GET %s HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    .formatted(nexus(node, "ann"))
                + "Sec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        Await.until(() -> node.node().connections() == 3, "the newcomer has a place");
      }
      Await.until(() -> node.node().connections() == 2, "the place is given back");
    }
  }

  private static String nexus(TestNode node, String user) {
    return "/ws?user_id=" + user + "&token=" + node.token(user);
  }
}
