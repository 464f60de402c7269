package dev.parley.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.dialect.OutFrame;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes one frame of the events of a window (`aether.md`), for a connection that wants them so. A
/// window begins with its first event. Belongs to the session.
final class Batching {
  /// What a window may be; what is asked beyond becomes the nearest of the two.
  private static final long SHORTEST_MILLIS = 50;

  private static final long LONGEST_MILLIS = 2_000;
  private static final int MAX_DIGITS = 9;

  /// So many are written before their window ends.
  private static final int MAX_BYTES = 256 << 10;

  private static final byte[] BEGINNING = "{\"type\":\"batch\",\"events\":[".getBytes(UTF_8);
  private static final byte[] END = "]}".getBytes(UTF_8);

  private final Duration window;
  private final BiConsumer<Duration, Runnable> timer;
  private final Consumer<OutFrame> writer;
  private @Nullable ByteArrayOutputStream open;
  private long windows;

  /// @param timer runs something after a while
  /// @param writer gets the frames
  Batching(Duration window, BiConsumer<Duration, Runnable> timer, Consumer<OutFrame> writer) {
    this.window = window;
    this.timer = timer;
    this.writer = writer;
  }

  /// The window that a query asks for; empty if that is no number of milliseconds.
  static Optional<Duration> parse(String millis) {
    boolean number =
        !millis.isEmpty()
            && millis.length() <= MAX_DIGITS
            && millis.chars().allMatch(c -> c >= '0' && c <= '9');
    return number
        ? Optional.of(
            Duration.ofMillis(Math.clamp(Long.parseLong(millis), SHORTEST_MILLIS, LONGEST_MILLIS)))
        : Optional.empty();
  }

  /// Takes in an event, a JSON object.
  void add(byte[] event) {
    ByteArrayOutputStream events = open;
    if (events == null) {
      events = begin();
    } else {
      events.write(',');
    }
    events.writeBytes(event);
    if (events.size() >= MAX_BYTES) {
      end();
    }
  }

  /// How much waits for the end of its window.
  long bytes() {
    return open == null ? 0 : open.size();
  }

  private ByteArrayOutputStream begin() {
    ByteArrayOutputStream events = new ByteArrayOutputStream();
    events.writeBytes(BEGINNING);
    open = events;
    long number = ++windows;
    timer.accept(window, () -> end(number));
    return events;
  }

  private void end(long number) {
    if (number == windows) {
      end();
    }
  }

  private void end() {
    ByteArrayOutputStream events = open;
    if (events != null) {
      open = null;
      events.writeBytes(END);
      writer.accept(OutFrame.text(events.toByteArray()));
    }
  }
}
