package dev.parley.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.dialect.OutFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BatchingTest {
  private static final Duration WINDOW = Duration.ofMillis(250);

  private final List<Runnable> timers = new ArrayList<>();
  private final List<String> frames = new ArrayList<>();
  private final Batching batching = new Batching(WINDOW, this::keep, this::write);

  @Test
  void whatCameInAWindowIsOneFrame() {
    add("{\"a\":1}");
    add("{\"b\":2}");
    assertThat(frames).isEmpty();
    assertThat(timers).hasSize(1);
    assertThat(batching.bytes()).isPositive();
    endWindow();
    assertThat(frames).containsExactly("{\"type\":\"batch\",\"events\":[{\"a\":1},{\"b\":2}]}");
    assertThat(batching.bytes()).isZero();
  }

  @Test
  void aWindowBeginsWithItsFirstEvent() {
    add("{}");
    endWindow();
    assertThat(timers).isEmpty();
    add("{\"a\":1}");
    assertThat(timers).hasSize(1);
    endWindow();
    assertThat(frames.getLast()).isEqualTo("{\"type\":\"batch\",\"events\":[{\"a\":1}]}");
  }

  @Test
  void tooMuchDoesNotWaitAndTheOldWindowEndsNoNewOne() {
    add("\"" + "x".repeat(256 << 10) + "\"");
    assertThat(frames).hasSize(1);
    assertThat(batching.bytes()).isZero();
    add("{}");
    endWindow();
    assertThat(frames).hasSize(1);
    endWindow();
    assertThat(frames).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"250,250", "0,50", "49,50", "50,50", "2000,2000", "2001,2000", "999999999,2000"})
  void aWindowIsWhatIsAskedWithinBounds(String asked, long millis) {
    assertThat(Batching.parse(asked)).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-1", "1.5", "1000000000", "250ms"})
  void whatIsNoNumberIsNoWindow(String asked) {
    assertThat(Batching.parse(asked)).isEmpty();
  }

  private void add(String event) {
    batching.add(event.getBytes(UTF_8));
  }

  private void keep(Duration delay, Runnable end) {
    assertThat(delay).isEqualTo(WINDOW);
    timers.add(end);
  }

  private void endWindow() {
    timers.removeFirst().run();
  }

  private void write(OutFrame frame) {
    frames.add(new String(frame.payload(), UTF_8));
  }
}
