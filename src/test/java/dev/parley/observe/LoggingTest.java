package dev.parley.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.parley.observe.AccessLog.Line;
import dev.parley.observe.Logging.Format;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a log line looks like, and what never stands in one.
@Isolated("listens to the log of the process")
final class LoggingTest {
  private static final String TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl";

  @ParameterizedTest
  @CsvSource({
    "/ws?token=T,/ws?token=***",
    "/ws?user_id=a&token=T&x=1,/ws?user_id=a&token=***&x=1",
    "/ws?token=T&token=T,/ws?token=***&token=***",
    "/ws?TOKEN=T,/ws?TOKEN=***",
    "/ws?%74oken=T,/ws?%74oken=***",
    "/ws?%74%6f%6B%65%6E=T,/ws?%74%6f%6B%65%6E=***",
    "/ws?+token=T,/ws?+token=***",
    "/ws?access_token=T,/ws?access_token=***",
    "/ws?%zz=T,/ws?%zz=***",
    "/ws?x=1?token=T,/ws?x=1?token=T",
    "/ws?tokens=1,/ws?tokens=1",
    "/ws?token,/ws?token",
    "/ws?,/ws?",
    "/ws,/ws"
  })
  void queryIsShownWithoutTokens(String uri, String shown) {
    assertThat(new Line("192.0.2.7", "GET", uri, 101, 0, Duration.ZERO).uri()).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "authorization",
        "Sec-WebSocket-Protocol",
        "Cookie",
        "Set-Cookie"
      })
  void headersThatMayHoldATokenAreMasked(String name) {
    assertThat(Masked.header(name, "parley.bearer, " + TOKEN)).isEqualTo("***");
  }

  @Test
  void otherHeadersAreShown() {
    assertThat(Masked.header("User-Agent", "curl")).isEqualTo("curl");
  }

  @ParameterizedTest
  @EnumSource
  void accessLogNeverHoldsAToken(Format format) {
    var line =
        new Line("192.0.2.7", "GET", "/ws?a=1&token=" + TOKEN, 101, 12, Duration.ofMillis(3));
    var written = lines(format, _ -> AccessLog.write(line)).getFirst();
    assertThat(line.toString()).doesNotContain(TOKEN);
    assertThat(written).doesNotContain(TOKEN).contains("/ws?a=1&token=***", "192.0.2.7", "101");
  }

  @Test
  void textLineHasTimeLevelLoggerTextAndKeys() {
    var line = lines(Format.TEXT, log -> log.atInfo().addKeyValue("room", "r1").log("Opened"));
    assertThat(line.getFirst())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\S+Z INFO LoggingTest Opened room=\"r1\"\n");
  }

  @Test
  void whatAClientSentCannotForgeALine() {
    var forged = "x\r\n2026-01-01T00:00:00Z ERROR Root gone\u001b[2J\u0000\u0085";
    var text =
        lines(Format.TEXT, log -> log.atInfo().addKeyValue("room", forged).log("{}", forged));
    assertThat(text.getFirst()).hasLineCount(1).contains("\\u000d\\u000a").doesNotContain("\u001b");
    var json =
        lines(Format.JSON, log -> log.atInfo().addKeyValue("room", forged).log("{}", forged));
    assertThat(json.getFirst()).hasLineCount(1);
    assertThat(new JsonObject(json.getFirst()).getString("room")).isEqualTo(forged);
  }

  @Test
  void jsonLineHasItsFields() {
    var line =
        lines(
            Format.JSON,
            log ->
                log.atWarn()
                    .addKeyValue("user", "alice")
                    .addKeyValue("micros", 7L)
                    .addKeyValue("open", true)
                    .addKeyValue("level", "mine")
                    .log("A \"quoted\" text"));
    var json = new JsonObject(line.getFirst());
    assertThat(json.fieldNames())
        .containsExactly(
            "time", "level", "logger", "thread", "message", "user", "micros", "open", "level_");
    assertThat(json.getString("level")).isEqualTo("WARN");
    assertThat(json.getString("level_")).isEqualTo("mine");
    assertThat(json.getString("logger")).isEqualTo(LoggingTest.class.getName());
    assertThat(json.getString("message")).isEqualTo("A \"quoted\" text");
    assertThat(json.getLong("micros")).isEqualTo(7);
    assertThat(json.getBoolean("open")).isTrue();
  }

  @Test
  void exceptionIsWrittenWithItsStack() {
    Consumer<org.slf4j.Logger> failing =
        log -> log.atError().setCause(new IllegalStateException("broken")).log("Failed");
    assertThat(lines(Format.TEXT, failing).getFirst())
        .contains("IllegalStateException: broken", "\tat ");
    assertThat(new JsonObject(lines(Format.JSON, failing).getFirst()).getString("exception"))
        .contains("IllegalStateException: broken", "\tat ");
  }

  @Test
  void levelHoldsForParleyAndLibrariesStayQuiet() {
    var context = new LoggerContext();
    Logging.configure(context, Format.JSON, Logging.Threshold.TRACE);
    assertThat(context.getLogger("dev.parley.auth").getEffectiveLevel()).isEqualTo(Level.TRACE);
    assertThat(context.getLogger("io.netty").getEffectiveLevel()).isEqualTo(Level.INFO);
    assertThat(context.getLogger("com.hazelcast").getEffectiveLevel()).isEqualTo(Level.INFO);
    Logging.configure(context, Format.TEXT, Logging.Threshold.INFO);
    assertThat(context.getLogger("com.hazelcast.x").getEffectiveLevel()).isEqualTo(Level.WARN);
    assertThat(
            context
                .getLogger("com.hazelcast.spi.impl.operationservice.impl.InvokeOnPartitions")
                .getEffectiveLevel())
        .isEqualTo(Level.ERROR);
    Logging.configure(context, Format.TEXT, Logging.Threshold.ERROR);
    assertThat(context.getLogger("dev.parley.auth").getEffectiveLevel()).isEqualTo(Level.ERROR);
    assertThat(context.getLogger("io.netty").getEffectiveLevel()).isEqualTo(Level.ERROR);
    context.stop();
  }

  /// What the logger of this test, and that of access, write.
  private static List<String> lines(Format format, Consumer<org.slf4j.Logger> writing) {
    var encoder = Logging.encoder(format);
    var written = new ArrayList<String>();
    var appender =
        new AppenderBase<ILoggingEvent>() {
          @Override
          protected void append(ILoggingEvent event) {
            written.add(new String(encoder.encode(event), StandardCharsets.UTF_8));
          }
        };
    appender.start();
    var own = (Logger) org.slf4j.LoggerFactory.getLogger(LoggingTest.class);
    var access = (Logger) org.slf4j.LoggerFactory.getLogger("access");
    for (Logger logger : List.of(own, access)) {
      logger.setLevel(Level.INFO);
      logger.setAdditive(false);
      logger.addAppender(appender);
    }
    writing.accept(own);
    own.detachAppender(appender);
    access.detachAppender(appender);
    return written;
  }
}
