package dev.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

final class JsonLinesTest {
  private static final Instant TIME = Instant.parse("2025-11-20T12:00:00.123Z");

  @Test
  void lineIsOneFlatObjectWithTheKeysOfTheEvent() {
    var event = event("Joined \"x\"", null);
    event.setKeyValuePairs(
        List.of(new KeyValuePair("room", "r\n1"), new KeyValuePair("members", 3)));

    var line = encode(event);

    assertThat(line)
        .isEqualTo(
            "{\"time\":\"2025-11-20T12:00:00.123Z\",\"level\":\"INFO\",\"logger\":\"dev.parley.X\","
                + "\"message\":\"Joined \\\"x\\\"\",\"room\":\"r\\n1\",\"members\":3}\n");
  }

  @Test
  void exceptionComesWithItsStackTrace() {
    var line = encode(event("Failed", new IllegalStateException("why")));

    assertThat(new JsonObject(line).getString("exception"))
        .startsWith("java.lang.IllegalStateException: why")
        .contains("exceptionComesWithItsStackTrace");
    assertThat(line).hasLineCount(1);
  }

  private static LoggingEvent event(String message, @Nullable Throwable thrown) {
    var logger = new LoggerContext().getLogger("dev.parley.X");
    var event = new LoggingEvent("here", logger, Level.INFO, message, thrown, new Object[0]);
    event.setInstant(TIME);
    return event;
  }

  private static String encode(LoggingEvent event) {
    return new String(new JsonLines().encode(event), StandardCharsets.UTF_8);
  }
}
