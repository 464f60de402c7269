package dev.parley.flow;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.parley.TestClient;
import dev.parley.TestNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// Requests for connections are in the access log, tokens never.
@Isolated("listens to the log of the process")
class AccessLogFlowTest {
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Logger access = (Logger) LoggerFactory.getLogger("access");
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(
              event.getKeyValuePairs().stream()
                  .filter(pair -> !pair.key.equals("micros"))
                  .map(pair -> pair.key + "=" + pair.value)
                  .collect(Collectors.joining(" ")));
        }
      };

  AccessLogFlowTest() {
    appender.start();
    access.addAppender(appender);
    access.setLevel(Level.INFO);
    access.setAdditive(false);
  }

  @AfterEach
  void stopListening() {
    access.detachAppender(appender);
    access.setLevel(null);
    access.setAdditive(true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lean", "portable"})
  void everyUpgradeIsThereWithoutItsToken(String transport) throws Exception {
    try (TestNode node = TestNode.start("ws.transport", transport)) {
      TestClient ann = node.connect("/parley/v1?token=" + node.token("ann"));
      ann.await("welcome");
      assertThat(next())
          .isEqualTo("client=127.0.0.1 method=GET uri=/parley/v1?token=*** status=101 bytes=0");
      TestClient bad = node.connect("/ws/connect?token=nonsense");
      bad.awaitClosed();
      assertThat(next()).contains("uri=/ws/connect?token=*** status=101");
      TestClient byHeader =
          TestClient.connect(
              node.port(), "/parley/v1", Map.of("Authorization", "Bearer " + node.token("bob")));
      byHeader.await("welcome");
      byHeader.close();
      assertThat(next()).contains("uri=/parley/v1 status=101");
    }
  }

  @Test
  void refusedUpgradesAreThereToo() throws Exception {
    try (TestNode node = TestNode.start()) {
      get(node, "Accept: */*");
      assertThat(next()).contains("uri=/parley/v1?token=*** status=426");
      get(node, "Upgrade: websocket\r\nOrigin: https://elsewhere.example");
      assertThat(next()).contains("uri=/parley/v1?token=*** status=403");
      get(node, "Upgrade: websocket");
      assertThat(next()).contains("uri=/parley/v1?token=*** status=400");
    }
  }

  private String next() throws InterruptedException {
    String line = lines.poll(20, TimeUnit.SECONDS);
    assertThat(line).as("a line of the access log").isNotNull();
    return String.valueOf(line);
  }

  private static void get(TestNode node, String headers) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
      String request =
          "GET /parley/v1?token=secret HTTP/1.1\r\nHost: here\r\nConnection: close\r\n"
              + headers
              + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
    }
  }
}
