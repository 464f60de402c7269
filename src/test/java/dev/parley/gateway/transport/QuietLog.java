package dev.parley.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/// Listens to the log, where nothing may be said above INFO, and makes Netty report every buffer
/// that was collected without having been released.
final class QuietLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();
  private final List<String> said = new CopyOnWriteArrayList<>();

  QuietLog() {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    setContext(root.getLoggerContext());
    start();
    root.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLevel().isGreaterOrEqual(Level.WARN) && !isCloseTwice(event)) {
      said.add(event.getLoggerName() + ": " + event.getFormattedMessage());
    }
  }

  /// Vert.x 5.0.12 closes a channel a second time if it goes while a close of ours waits to be
  /// written, and Netty says so. Nothing is lost by it.
  private static boolean isCloseTwice(ILoggingEvent event) {
    IThrowableProxy thrown = event.getThrowableProxy();
    return thrown != null
        && Objects.toString(thrown.getMessage(), "")
            .startsWith("promise already done: ConnectionBase$CloseChannelPromise");
  }

  void assertNothingSaid() {
    assertThat(said).isEmpty();
  }

  /// Lost buffers are reported when a later one is made.
  void assertNothingLeaked() {
    for (int round = 0; round < 3; round++) {
      collectGarbage();
      for (int i = 0; i < 100; i++) {
        ByteBufAllocator.DEFAULT.directBuffer(16).release();
        ByteBufAllocator.DEFAULT.heapBuffer(16).release();
      }
    }
    assertNothingSaid();
  }

  private static void collectGarbage() {
    var collected = new ReferenceQueue<Object>();
    var canary = new WeakReference<>(new Object(), collected);
    System.gc();
    try {
      assertThat(collected.remove(TimeUnit.SECONDS.toMillis(Peer.DEADLINE_SECONDS)))
          .isSameAs(canary);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    root.detachAppender(this);
    ResourceLeakDetector.setLevel(before);
  }
}
