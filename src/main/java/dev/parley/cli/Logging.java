package dev.parley.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.parley.config.LogConfig;
import dev.parley.config.LogLevel;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sets up what is logged and how, once the configuration is known.
final class Logging {
  private static final String LINE =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSX, UTC} %-5level %logger{0}: %msg %kvp{DOUBLE}%n%ex";

  /// Chatty below INFO, and not about us.
  private static final List<String> OTHERS = List.of("io.netty", "io.vertx", "ch.qos.logback");

  private Logging() {}

  /// Replaces whatever was set up before. Takes effect at once, everywhere.
  static void configure(LogConfig config) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return;
    }
    context.reset();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.valueOf(config.level().name()));
    root.addAppender(console(context, encoder(config)));
    if (config.level().compareTo(LogLevel.INFO) > 0) {
      OTHERS.forEach(name -> context.getLogger(name).setLevel(Level.INFO));
    }
  }

  private static Encoder<ILoggingEvent> encoder(LogConfig config) {
    return switch (config.format()) {
      case JSON -> new JsonLines();
      case TEXT -> {
        var lines = new PatternLayoutEncoder();
        lines.setPattern(LINE);
        yield lines;
      }
    };
  }

  private static ConsoleAppender<ILoggingEvent> console(
      LoggerContext context, Encoder<ILoggingEvent> encoder) {
    encoder.setContext(context);
    encoder.start();
    var console = new ConsoleAppender<ILoggingEvent>();
    console.setContext(context);
    console.setEncoder(encoder);
    console.start();
    return console;
  }
}
