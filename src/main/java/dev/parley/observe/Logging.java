package dev.parley.observe;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import org.slf4j.LoggerFactory;

/// Sets up Logback as the configuration says (`log.format`, `log.level`): lines on standard output,
/// written by a thread of its own, so that a pipe nobody reads never stops an event loop. When
/// 8,192 lines wait, more are dropped.
public final class Logging {
  private static final int MAX_WAITING = 8_192;
  private static final int FLUSH_MILLIS = 1_000;

  private Logging() {}

  /// How a line looks.
  public enum Format {
    /// For people: time, level, logger, text, key-values.
    TEXT,
    /// For collectors: one JSON object per line.
    JSON
  }

  /// How much is logged of Parley itself; of libraries never more than INFO, of Hazelcast one step
  /// less.
  public enum Threshold {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
  }

  /// Replaces whatever was set up before.
  public static void configure(Format format, Threshold threshold) {
    configure((LoggerContext) LoggerFactory.getILoggerFactory(), format, threshold);
  }

  static void configure(LoggerContext context, Format format, Threshold threshold) {
    context.reset();
    var level = Level.toLevel(threshold.name());
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(level.isGreaterOrEqual(Level.INFO) ? level : Level.INFO);
    context.getLogger("dev.parley").setLevel(level);
    context.getLogger("com.hazelcast").setLevel(talkative(level));
    if (level.isGreaterOrEqual(Level.INFO)) {
      context.getLogger("com.hazelcast.spi.impl.operationservice").setLevel(Level.ERROR);
    }
    root.addAppender(queued(context, console(context, format)));
  }

  /// Hazelcast says at INFO what it does inside; who comes and goes is said by Parley. Its calls
  /// that fail since a node is gone are made again; they would be a stack trace each.
  private static Level talkative(Level level) {
    if (level.isGreaterOrEqual(Level.ERROR)) {
      return level;
    }
    return level.isGreaterOrEqual(Level.INFO) ? Level.WARN : Level.INFO;
  }

  /// Writes what still waits. Called last of all.
  public static void stop() {
    ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
  }

  static Encoder<ILoggingEvent> encoder(Format format) {
    return switch (format) {
      case TEXT -> new TextLines();
      case JSON -> new JsonLines();
    };
  }

  private static Appender<ILoggingEvent> console(LoggerContext context, Format format) {
    var encoder = encoder(format);
    encoder.setContext(context);
    encoder.start();
    var console = new ConsoleAppender<ILoggingEvent>();
    console.setName("console");
    console.setContext(context);
    console.setEncoder(encoder);
    console.start();
    return console;
  }

  private static Appender<ILoggingEvent> queued(
      LoggerContext context, Appender<ILoggingEvent> target) {
    var queue = new AsyncAppender();
    queue.setName("queue");
    queue.setContext(context);
    queue.setQueueSize(MAX_WAITING);
    queue.setDiscardingThreshold(0);
    queue.setNeverBlock(true);
    queue.setMaxFlushTime(FLUSH_MILLIS);
    queue.addAppender(target);
    queue.start();
    return queue;
  }
}
