package dev.parley.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.Shared;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/// That the kit sees what goes wrong; else a clean page proves nothing.
@ExtendWith(NeedsChromium.class)
@ResourceLock(Shared.CHROMIUM)
final class ChromiumTest {
  private static final String PAGE =
      """
      <!doctype html><title>Kit</title><script>document.title = 'inline'</script>
      <p id="p">Hello</p><script src="/script.js"></script>\
      """;
  private static final String SCRIPT =
      """
      document.getElementById('p').addEventListener('click', () => { console.error('pressed'); });
      document.addEventListener('click', () => { throw new Error('thrown'); });\
      """;

  private static Chromium chromium;
  private static Vertx vertx;
  private static HttpServer server;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.start();
    vertx = Vertx.vertx();
    server =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  boolean script = request.path().equals("/script.js");
                  var answer =
                      request
                          .response()
                          .putHeader("Content-Security-Policy", "default-src 'self'")
                          .putHeader("Content-Type", script ? "text/javascript" : "text/html");
                  answer.end(script ? SCRIPT : PAGE).onFailure(Throwable::printStackTrace);
                })
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
  }

  @AfterAll
  static void stop() throws Exception {
    if (chromium != null) {
      chromium.close();
    }
    if (vertx != null) {
      vertx.close().await(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void refusedContentsErrorsAndExceptionsAreProblems() {
    try (Tab tab = chromium.open()) {
      tab.go("http://127.0.0.1:%d/".formatted(server.actualPort()));
      assertThat(tab.text("document.title")).isEqualTo("Kit");
      assertThat(tab.takeProblems()).singleElement().asString().contains("Content Security Policy");
      tab.click("#p");
      assertThat(tab.takeProblems())
          .hasSize(2)
          .anyMatch(problem -> problem.contains("pressed"))
          .anyMatch(problem -> problem.contains("thrown"));
    }
  }

  @Test
  void tabsShareNothing() {
    String address = "http://127.0.0.1:%d/".formatted(server.actualPort());
    try (Tab one = chromium.open();
        Tab other = chromium.open()) {
      one.go(address);
      other.go(address);
      one.evaluate("localStorage.setItem('a', 'b')");
      assertThat(other.evaluate("localStorage.getItem('a')")).isEmpty();
    }
  }
}
