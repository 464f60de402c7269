package dev.parley.chat;

import static dev.parley.kit.DomainKit.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.kit.DomainKit;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import dev.parley.store.Marks;
import dev.parley.store.Marks.Mark;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OwnMarksTest {
  private static final RoomName ROOM = new RoomName("lobby");
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final DomainKit kit = new DomainKit(1);
  private final Marks marks = new Marks(kit.store.records());
  private final BlockingQueue<Timer> timers = new LinkedBlockingQueue<>();
  private final OwnMarks own =
      new OwnMarks(marks, INTERVAL, (pause, task) -> timers.add(new Timer(pause, task)));

  private record Timer(Duration pause, Runnable task) {}

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void theNewestOfAnIntervalIsStored() throws InterruptedException {
    note(1, 5);
    note(1, 7);

    runTimer(INTERVAL);
    note(1, 9);
    runTimer(INTERVAL);

    Await.until(
        () -> await(marks.get(ROOM, user(1))).equals(new Mark(9, 9)), "the newest is stored");
    assertThat(timers).isEmpty();
  }

  @Test
  void manyAreStoredAPartAtATime() throws InterruptedException {
    IntStream.range(0, 50).forEach(number -> note(number, 3));

    runTimer(INTERVAL);
    for (int part = 1; part < 17; part++) {
      assertThat(stored(50)).isLessThanOrEqualTo(3L * part);
      runTimer(INTERVAL.dividedBy(20));
    }

    Await.until(() -> stored(50) == 50, "all are stored");
  }

  @Test
  void allThatWaitsCanBeStoredAtOnce() {
    IntStream.range(0, 300).forEach(number -> note(number, 3));

    await(own.storeAll());

    assertThat(stored(300)).isEqualTo(300);
  }

  private void note(int number, long seq) {
    own.note(ROOM, user(number), new Mark(seq, seq));
  }

  private long stored(int users) {
    return IntStream.range(0, users)
        .filter(number -> !await(marks.get(ROOM, user(number))).equals(Mark.START))
        .count();
  }

  private void runTimer(Duration pause) throws InterruptedException {
    Timer timer = timers.poll(20, TimeUnit.SECONDS);
    assertThat(timer).isNotNull().extracting(Timer::pause).isEqualTo(pause);
    timer.task().run();
  }

  private static UserId user(int number) {
    return new UserId("u" + number);
  }
}
