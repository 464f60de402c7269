package dev.parley.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.store.Answer;
import dev.parley.store.IdempotencyKey;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys are found wherever they are on their way, whenever the connection ends.
final class KeyTablesTest {
  private static final Duration PERIOD = Duration.ofDays(1);
  private static final int RECENT = 200;
  private static final int STREAMS = 5;

  @TempDir private Path directory;
  private Database database;
  private Statements sql;
  private KeyTables keys;

  @BeforeEach
  void open() throws SQLException {
    database = new Database(directory);
    try (var connection = database.openWriter()) {
      Schema.migrate(connection, Instant.EPOCH);
    }
    connect();
  }

  @AfterEach
  void close() throws SQLException {
    sql.close();
  }

  @Test
  void whateverWasCommittedIsFoundAndNothingElse() throws SQLException {
    for (int seed = 0; seed < 20; seed++) {
      var random = new Random(seed);
      Map<Place, Answer> committed = new HashMap<>();
      for (int batch = 0; batch < 60; batch++) {
        Map<Place, Answer> written = write(random, random.nextInt(30));
        if (random.nextInt(8) == 0) {
          connect(); // and what was written is undone
          assertThat(written.keySet()).as("seed %d", seed).noneMatch(this::isFound);
        } else {
          commit();
          committed.putAll(written);
        }
      }
      for (var entry : committed.entrySet()) {
        assertThat(find(entry.getKey())).as("seed %d", seed).isEqualTo(entry.getValue());
      }
    }
  }

  @Test
  void keysSettleAsOthersCome() throws SQLException {
    var random = new Random(1);
    for (int i = 0; i < 100; i++) {
      var _ = write(random, 10);
      commit();
      assertThat(rows("recent_key_0") + rows("recent_key_1")).isLessThanOrEqualTo(2 * RECENT + 100);
    }
    assertThat(rows("key_0")).isBetween(1_000L - 2 * RECENT - 100, 1_000L - RECENT + 100);
  }

  @Test
  void aKeyThatFewFollowIsKeptForOnePeriodToTwoAsWell() throws SQLException {
    Instant now = Instant.EPOCH.plusSeconds(1);
    turn(now);
    var first = List.copyOf(write(new Random(1), 3).keySet());
    commit();
    now = now.plus(PERIOD);
    turn(now);
    var second = List.copyOf(write(new Random(2), 3).keySet());
    commit();
    assertThat(first).allMatch(this::isFound);
    now = now.plus(PERIOD);
    turn(now);
    assertThat(first).noneMatch(this::isFound);
    assertThat(second).allMatch(this::isFound);
    turn(now.plus(PERIOD));
    assertThat(second).noneMatch(this::isFound);
    assertThat(rows("recent_key_0") + rows("recent_key_1") + rows("key_0") + rows("key_1"))
        .isZero();
  }

  private record Place(long stream, IdempotencyKey key) {}

  private Map<Place, Answer> write(Random random, int count) throws SQLException {
    sql.begin();
    Map<Place, Answer> written = new HashMap<>();
    for (int i = 0; i < count; i++) {
      var place =
          new Place(
              random.nextInt(STREAMS), new IdempotencyKey(random.nextLong(), random.nextLong()));
      var answer = new Answer(random.nextInt(1_000), random.nextInt(1_000), 1, random.nextInt(2));
      keys.insert(place.stream, place.key, answer);
      written.put(place, answer);
    }
    return written;
  }

  private void commit() throws SQLException {
    keys.settle();
    sql.commit();
  }

  private void turn(Instant now) throws SQLException {
    var steps = new ArrayList<Boolean>();
    boolean more = true;
    while (more) {
      sql.begin();
      more = keys.turn(now);
      commit();
      steps.add(more);
    }
    assertThat(steps).hasSizeLessThan(10);
  }

  private boolean isFound(Place place) {
    try {
      return keys.find(place.stream, place.key).isPresent();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Answer find(Place place) throws SQLException {
    return keys.find(place.stream, place.key).orElseThrow();
  }

  private long rows(String table) throws SQLException {
    return sql.number("SELECT count(*) FROM " + table);
  }

  /// Anew, if there was a connection; what was not committed is undone.
  private void connect() throws SQLException {
    if (sql != null) {
      sql.close();
    }
    sql = database.statementsOfWriter();
    keys = new KeyTables(sql, new Notes(sql), PERIOD, RECENT);
  }
}
