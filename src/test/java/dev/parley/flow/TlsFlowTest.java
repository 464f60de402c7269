package dev.parley.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.TestClient;
import dev.parley.TestNode;
import dev.parley.kit.SelfSigned;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsFlowTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"lean", "portable"})
  void encryptedConnectionsWorkAndANewCertificateIsTakenUp(String transport) throws Exception {
    SelfSigned first = SelfSigned.make(directory, "first");
    Path certificate = directory.resolve("certificate.pem");
    Path key = directory.resolve("key.pem");
    first.write(certificate, key);
    try (TestNode node =
        TestNode.start(
            "ws.transport",
            transport,
            "http.tls.certificate",
            certificate.toString(),
            "http.tls.key",
            key.toString(),
            "http.tls.check_interval",
            "100ms")) {
      HttpResponse<String> live = get(node, first.trusting());
      assertThat(live.statusCode()).isEqualTo(200);
      assertThat(live.headers().firstValue("Strict-Transport-Security")).isPresent();
      TestClient ann = join(node, first.trusting(), "ann");
      TestClient bob = join(node, first.trusting(), "bob");
      String long64 = "x".repeat(60_000);
      ann.ask(ChatFlowTest.send("hall", long64));
      assertThat(bob.await("chat.message").getString("content")).isEqualTo(long64);

      SelfSigned second = SelfSigned.make(directory, "second");
      second.write(certificate, key);
      SSLContext trustsSecond = second.trusting();
      Await.until(() -> answers(node, trustsSecond), "the new certificate is shown");

      TestClient carl = join(node, trustsSecond, "carl");
      ann.ask(ChatFlowTest.send("hall", "still here"));
      assertThat(carl.await("chat.message").getString("content")).isEqualTo("still here");
      assertThat(bob.await("chat.message").getString("content")).isEqualTo("still here");
    }
  }

  private static TestClient join(TestNode node, SSLContext trust, String user) {
    TestClient client = node.connect(trust, "/parley/v1?token=" + node.token(user));
    client.await("welcome");
    JsonObject joined = client.ask(new JsonObject().put("type", "room.join").put("room", "hall"));
    assertThat(joined.getString("type")).isEqualTo("ok");
    return client;
  }

  private static boolean answers(TestNode node, SSLContext trust) {
    try {
      return get(node, trust).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static HttpResponse<String> get(TestNode node, SSLContext trust) throws IOException {
    URI uri = URI.create("https://127.0.0.1:" + node.port() + "/health/live");
    try (HttpClient http = HttpClient.newBuilder().sslContext(trust).build()) {
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
