package dev.parley.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.Config;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.StreamId;
import dev.parley.store.EventLog.Change;
import dev.parley.store.EventLog.Changes;
import dev.parley.store.History;
import dev.parley.store.Stretch;
import io.vertx.redis.client.impl.types.ErrorType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What needs no Redis: addresses, what a server says, errors, cursors, waiting.
final class RedisCoreTest {
  private static final String GOOD =
      """
      redis_version:7.0.15
      role:master
      master_replid:abc
      maxmemory_policy:noeviction
      aof_enabled:1
      cluster_enabled:0
      """;

  @Test
  void aGoodServerIsUsed() {
    Server server = Server.parse(GOOD);
    assertThat(server.refusal()).isEmpty();
    assertThat(server.warning()).isEmpty();
    assertThat(server.life()).isEqualTo("abc");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis_version:6.0.9",
        "redis_version:5.0.1",
        "role:slave",
        "maxmemory_policy:volatile-lru",
        "cluster_enabled:1"
      })
  void aServerThatWillNotDoIsRefused(String line) {
    assertThat(Server.parse(GOOD + line + "\n").refusal()).isPresent();
  }

  @Test
  void aServerWithoutAppendOnlyFileIsWarnedOf() {
    assertThat(Server.parse(GOOD + "aof_enabled:0\n").warning().orElseThrow())
        .contains("appendonly yes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CONNECTION_CLOSED",
        "NOSCRIPT No matching script. Please use EVAL.",
        "READONLY You can't write against a read only replica. script: b2a6, on @user_script:233.",
        "ERR Error running script (call to f_b2a6): @user_script:233: -READONLY You can't write",
        "LOADING Redis is loading the dataset in memory",
        "MOVED 3999 127.0.0.1:6381"
      })
  void someErrorsEndTheConnection(String text) {
    assertThat(Fault.of(ErrorType.create(text))).isEqualTo(Fault.CONNECTION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OOM command not allowed when used memory > 'maxmemory'. script: b2a6",
        "ERR Error running script (call to f_b2a6): @user_script:1: -OOM command not allowed",
        "MISCONF Redis is configured to save RDB snapshots",
        "BUSY Redis is busy running a script"
      })
  void someErrorsPass(String text) {
    assertThat(Fault.of(ErrorType.create(text))).isEqualTo(Fault.UNAVAILABLE);
  }

  @Test
  void otherErrorsAreOurOwn() {
    assertThat(Fault.of(ErrorType.create("ERR user_script:12: attempt to index a nil value")))
        .isEqualTo(Fault.OWN);
    assertThat(Fault.of(new IOException("reset"))).isEqualTo(Fault.CONNECTION);
  }

  @Test
  void anUrlCountsMoreThanItsParts() {
    Address address =
        address(
            "store.redis.url", "rediss://ada:p%40ss@db:7000/3",
            "store.redis.host", "other",
            "store.redis.password", "unused");
    assertThat(address)
        .isEqualTo(new Address("db", 7_000, true, Optional.of("ada"), Optional.of("p@ss"), 3));
    assertThat(address.url()).isEqualTo("rediss://db:7000/3");
    assertThat(address.toString()).isEqualTo("db:7000");
  }

  @Test
  void whatAnUrlLeavesOutIsTakenFromTheParts() {
    assertThat(
            address(
                "store.redis.url", "redis://db",
                "store.redis.user", "ada",
                "store.redis.password", "p",
                "store.redis.database", "2"))
        .isEqualTo(new Address("db", 6_379, false, Optional.of("ada"), Optional.of("p"), 2));
    assertThat(address("store.redis.url", "redis://:p@[::1]:7000").url())
        .isEqualTo("redis://[::1]:7000");
  }

  @Test
  void aCursorSurvivesAsANumber() {
    Cursor cursor = new Cursor((1 << 20) - 1, (1L << 43) - 1);
    assertThat(Cursor.of(cursor.value())).isEqualTo(cursor);
    assertThat(cursor.value()).isPositive();
    assertThat(Cursor.of(0)).isEqualTo(Cursor.START);
  }

  @Test
  void aCursorOfAnotherHistoryIsTruncated() {
    History feed = new History(10, 0, 2, List.of(new Stretch(1, "one"), new Stretch(6, "two")));
    History other = new History(10, 0, 2, List.of(new Stretch(1, "one"), new Stretch(4, "three")));
    History shorter = new History(4, 0, 2, List.of(new Stretch(1, "one")));
    long third = cursorAt(3, feed);
    long fifth = cursorAt(5, feed);
    assertThat(Cursor.of(third).changes(feed, List.of()).truncated()).isFalse();
    assertThat(Cursor.of(third).changes(other, List.of()).truncated()).isFalse();
    assertThat(Cursor.of(third).changes(shorter, List.of()).truncated()).isFalse();
    assertThat(Cursor.of(fifth).changes(other, List.of()).truncated()).isTrue();
    assertThat(Cursor.of(fifth).changes(shorter, List.of()).truncated()).isTrue();
    assertThat(Cursor.of(0).changes(feed, List.of()).truncated()).isTrue();
  }

  @Test
  void aCursorMovesBehindWhatWasFound() {
    History feed = new History(10, 0, 0, List.of(new Stretch(1, "one"), new Stretch(6, "two")));
    List<Change> found =
        IntStream.range(0, 3).mapToObj(i -> new Change(new StreamId("room:a"), i, false)).toList();
    Changes changes = Cursor.of(cursorAt(4, feed)).changes(feed, found);
    assertThat(changes.changes()).isEqualTo(found);
    assertThat(Cursor.of(changes.cursor())).isEqualTo(Cursor.of(cursorAt(7, feed)));
  }

  @Test
  void everyPartitionGetsItsShare() {
    int[] counts = new int[Partitions.COUNT];
    for (int i = 0; i < 64_000; i++) {
      counts[Partitions.of(StreamId.of(new RoomName("room-" + i)))]++;
    }
    assertThat(IntStream.of(counts).min().orElseThrow()).isGreaterThan(500);
    assertThat(IntStream.of(counts).max().orElseThrow()).isLessThan(1_500);
  }

  @Test
  void theHashOfAStreamIsForEver() {
    assertThat(Partitions.of(new StreamId("room:lobby"))).isEqualTo(41);
    assertThat(Partitions.of(new StreamId("user:ada"))).isEqualTo(33);
  }

  @Test
  void waitingGrowsUpToItsCap() {
    var backoff = new Backoff(new SplittableRandom(1));
    List<Duration> waits = IntStream.range(0, 100).mapToObj(_ -> backoff.next()).toList();
    assertThat(waits.getFirst()).isLessThanOrEqualTo(Duration.ofMillis(50));
    assertThat(waits).allMatch(wait -> wait.isPositive() && wait.toMillis() <= 2_000);
    assertThat(waits).anyMatch(wait -> wait.toMillis() > 1_500);
    backoff.reset();
    assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(50));
  }

  private static long cursorAt(long index, History feed) {
    History until = new History(index, 0, 0, feed.stretches());
    return Cursor.headOf(until).value();
  }

  private static Address address(String... keysAndValues) {
    return Address.of(Config.of(keysAndValues).store().redis());
  }
}
