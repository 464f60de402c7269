package dev.parley.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.StreamId;
import dev.parley.store.Append.NewEvent;
import dev.parley.store.StoredEvent;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Events are read wherever their places are on their way, whenever the connection ends.
final class EventPlacesTest {
  private static final int RECENT = 300;
  private static final int STREAMS = 5;

  @TempDir private Path directory;
  private final RecentEvents recent = new RecentEvents();
  private final List<StreamState> committed = new ArrayList<>();
  private final List<StreamState> states = new ArrayList<>();
  private Database database;
  private Statements sql;
  private EventPlaces places;
  private EventTable events;
  private StreamTable streams;

  @BeforeEach
  void open() throws SQLException {
    database = new Database(directory);
    try (var connection = database.openWriter()) {
      Schema.migrate(connection, Instant.EPOCH);
    }
    sql = database.statementsOfWriter();
    streams = new StreamTable(sql);
    for (int i = 0; i < STREAMS; i++) {
      StreamState state = StreamState.NONE.knownAs(streams.insert(stream(i)));
      streams.openStretch(state, "epoch");
      committed.add(state);
    }
    connect();
  }

  @AfterEach
  void close() throws SQLException {
    sql.close();
  }

  @Test
  void whateverWasCommittedIsReadAndNothingElse() throws SQLException {
    try (Views views = views()) {
      for (int seed = 0; seed < 6; seed++) {
        var random = new Random(seed);
        for (int batch = 0; batch < 60; batch++) {
          write(random, random.nextInt(40));
          switch (random.nextInt(8)) {
            case 0 -> connect(); // and what was written is undone
            case 1 -> {
              reap(random.nextInt(STREAMS), random);
              commit();
            }
            default -> commit();
          }
          checkAll(views, random, "seed %d, batch %d".formatted(seed, batch));
        }
      }
    }
    assertThat(rows("place")).isPositive();
    assertThat(sql.number("SELECT count(*) FROM place WHERE event NOT IN (SELECT id FROM event)"))
        .isZero();
  }

  @Test
  void placesSettleAsOthersCome() throws SQLException {
    var random = new Random(1);
    for (int i = 0; i < 200; i++) {
      write(random, 20);
      commit();
      assertThat(recent.size()).isLessThanOrEqualTo(2 * RECENT + 200);
    }
    assertThat(rows("place")).isBetween(4_000L - 2 * RECENT - 200, 4_000L - RECENT + 200);
  }

  @Test
  void anEventIsFoundToBeChangedBeforeAndAfterItSettled() throws SQLException {
    write(new Random(2), 30);
    for (int i = 0; i < STREAMS; i++) {
      assertThat(events.revisionOf(states.get(i).id(), 1)).as("not committed").isZero();
      assertThat(events.revisionOf(states.get(i).id(), 1_000)).isEqualTo(-1);
    }
    commit();
    while (recent.size() > 0) {
      places.hurry();
      commit();
    }
    assertThat(events.revisionOf(states.getFirst().id(), 1)).as("settled").isZero();
  }

  @Test
  void nothingIsMissedByWhoReadsMeanwhile() throws Exception {
    var reading = new Reading();
    try (var readers = Executors.newFixedThreadPool(2);
        reading) {
      List<Future<Integer>> readings = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        readings.add(readers.submit(reading));
      }
      var random = new Random(3);
      for (int batch = 0; batch < 400; batch++) {
        write(random, random.nextInt(60));
        if (batch % 40 == 39) {
          connect();
        } else {
          commit();
        }
      }
      reading.close();
      for (Future<Integer> each : readings) {
        assertThat(each.get()).isPositive();
      }
    }
  }

  /// Reads on and on; what is read must have no gap, and never be less than before.
  private final class Reading implements Callable<Integer>, AutoCloseable {
    private volatile boolean over;

    @Override
    public void close() {
      over = true;
    }

    @Override
    public Integer call() throws SQLException {
      int rounds = 0;
      long[] seen = new long[STREAMS];
      try (Views views = views()) {
        while (!over) {
          int of = rounds++ % STREAMS;
          List<Long> upwards =
              seqs(views.events().after(stream(of), Math.max(0, seen[of] - 20), 100));
          assertThat(upwards).isEqualTo(range(Math.max(0, seen[of] - 20) + 1, upwards.size()));
          long last = upwards.isEmpty() ? 0 : upwards.getLast();
          assertThat(last).isGreaterThanOrEqualTo(Math.min(seen[of], last + 100));
          seen[of] = Math.max(seen[of], last);
          List<Long> downwards =
              seqs(views.events().countedBefore(stream(of), Long.MAX_VALUE, 60)).reversed();
          assertThat(downwards)
              .isEqualTo(range(downwards.isEmpty() ? 1 : downwards.getFirst(), downwards.size()));
          assertThat(downwards.size()).isGreaterThanOrEqualTo((int) Math.min(60, seen[of]));
        }
      }
      return rounds;
    }
  }

  private void connect() throws SQLException {
    sql.close();
    recent.expire();
    sql = database.statementsOfWriter();
    streams = new StreamTable(sql);
    places = new EventPlaces(sql, new Notes(sql), recent, RECENT);
    events = new EventTable(sql, places);
    states.clear();
    states.addAll(committed);
    sql.begin();
  }

  private void commit() throws SQLException {
    for (StreamState state : states) {
      streams.update(state);
    }
    places.settle();
    sql.commit();
    places.onCommitted();
    committed.clear();
    committed.addAll(states);
    sql.begin();
  }

  private void write(Random random, int count) throws SQLException {
    for (int i = 0; i < count; i++) {
      int of = i < STREAMS ? i : random.nextInt(STREAMS);
      StreamState state = states.get(of);
      StreamState next = state.after(state.seq() + 1, state.number() + 1);
      byte[] payload = (of + "/" + next.seq()).getBytes(UTF_8);
      events.insert(next.id(), next.seq(), next.number(), new NewEvent(payload, true));
      states.set(of, next);
    }
  }

  /// Trims a stream, and removes what was trimmed, as the sweep does.
  private void reap(int of, Random random) throws SQLException {
    StreamState state = states.get(of);
    if (state.seq() < 2) {
      return;
    }
    long upTo = Math.max(state.trimmed(), 1 + random.nextLong(state.seq() - 1));
    for (int step = 0; step < 10 && !places.hasAll(state.id(), upTo); step++) {
      places.hurry();
      commit();
    }
    events.delete(state.id(), 0, upTo);
    states.set(of, states.get(of).trimmedTo(upTo));
  }

  private void checkAll(Views views, Random random, String when) throws SQLException {
    for (int of = 0; of < STREAMS; of++) {
      StreamState state = committed.get(of);
      long after = random.nextLong(state.seq() + 1);
      int limit = 1 + random.nextInt(100);
      long first = Math.max(after, state.trimmed()) + 1;
      long count = Math.min(limit, Math.max(0, state.seq() - first + 1));
      List<StoredEvent> upwards = views.events().after(stream(of), after, limit);
      assertThat(seqs(upwards)).as(when).isEqualTo(range(first, count));
      assertThat(seqs(views.events().countedAfter(stream(of), after, limit)))
          .as(when)
          .isEqualTo(seqs(upwards));
      for (StoredEvent event : upwards) {
        assertThat(event.payload()).asString(UTF_8).as(when).isEqualTo(of + "/" + event.seq());
      }
      long before = 1 + random.nextLong(state.seq() + 1);
      long from = Math.max(state.trimmed() + 1, before - limit);
      assertThat(seqs(views.events().countedBefore(stream(of), before, limit)).reversed())
          .as(when)
          .isEqualTo(range(from, Math.max(0, before - from)));
      assertThat(views.events().bytesAfter(stream(of), after))
          .as(when)
          .isEqualTo(bytes(of, Math.max(after, state.trimmed()), state.seq()));
    }
  }

  private Views views() throws SQLException {
    return Views.on(new Statements(database.openReader()), recent);
  }

  private long rows(String table) throws SQLException {
    return sql.number("SELECT count(*) FROM " + table);
  }

  private static long bytes(int of, long after, long upTo) {
    return LongStream.rangeClosed(after + 1, upTo).map(seq -> (of + "/" + seq).length()).sum();
  }

  private static List<Long> seqs(List<StoredEvent> events) {
    return events.stream().map(StoredEvent::seq).toList();
  }

  private static List<Long> range(long first, long count) {
    return LongStream.range(first, first + count).boxed().toList();
  }

  private static StreamId stream(int number) {
    return new StreamId("room:" + number);
  }
}
