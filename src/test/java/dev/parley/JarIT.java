package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.Ports;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The finished jar as a user starts it: `java @conf/jvm.options -jar target/parley.jar`.
class JarIT {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir Path directory;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void stop() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void saysItsVersion() throws Exception {
    Process process = start("version");
    assertThat(ended(process)).isZero();
    assertThat(said(process)).matches("(?s)parley \\d+\\.\\d+.*");
  }

  @Test
  void refusesAConfigurationInOneLine() throws Exception {
    Process process = start("check", "--http.port=many");
    assertThat(ended(process)).isNotZero();
    assertThat(said(process).lines()).singleElement().asString().contains("http.port", "many");
  }

  @Test
  void servesPageAndClientsAndEndsWhenAsked() throws Exception {
    int port = Ports.free(1).getFirst();
    Process server =
        start(
            "serve",
            "--mode=development",
            "--http.port=" + port,
            "--store.directory=" + directory,
            "--drain.delay=0s",
            "--drain.window=1s");
    Await.until(() -> isReady(port), "the server is ready");

    assertThat(get(port, "/").body()).contains("<title>");
    HttpResponse<String> given = post(port, "/dev/token", new JsonObject().put("user_id", "ann"));
    String token = new JsonObject(given.body()).getString("token");
    try (TestClient ann = TestClient.connect(port, "/parley/v1?token=" + token)) {
      ann.await("welcome");
      JsonObject joined = ann.ask(new JsonObject().put("type", "room.join").put("room", "hall"));
      assertThat(joined.getString("type")).as("%s", joined).isEqualTo("ok");
    }

    server.destroy();
    assertThat(server.waitFor(Await.SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(JAVA.toString(), "@conf/jvm.options", "-jar"));
    command.add(System.getProperty("parley.jar"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    started.add(process);
    return process;
  }

  private static String said(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static int ended(Process process) throws InterruptedException {
    assertThat(process.waitFor(Await.SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
    return process.exitValue();
  }

  private static boolean isReady(int port) {
    try {
      return get(port, "/health/ready").statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static HttpResponse<String> get(int port, String path) throws IOException {
    return send(HttpRequest.newBuilder(uri(port, path)).build());
  }

  private static HttpResponse<String> post(int port, String path, JsonObject body)
      throws IOException {
    return send(
        HttpRequest.newBuilder(uri(port, path))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
            .build());
  }

  private static HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static URI uri(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
