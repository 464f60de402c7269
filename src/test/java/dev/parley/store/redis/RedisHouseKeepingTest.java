package dev.parley.store.redis;

import static dev.parley.store.Await.await;
import static dev.parley.store.Samples.ROOM;
import static dev.parley.store.Samples.append;
import static dev.parley.store.Samples.bytes;
import static dev.parley.store.Samples.key;
import static dev.parley.store.Samples.message;
import static dev.parley.store.Samples.messages;
import static dev.parley.store.Samples.reaction;
import static dev.parley.store.Samples.seqs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.NeedsRedis;
import dev.parley.kit.Shared;
import dev.parley.store.Append;
import dev.parley.store.Append.NewEvent;
import dev.parley.store.AppendResult.Appended;
import dev.parley.store.AppendResult.Behind;
import dev.parley.store.Await;
import dev.parley.store.EventLog.Changes;
import dev.parley.store.Records.StoredRecord;
import dev.parley.store.StoredEvent;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/// What time takes away, what is too long for one answer, and what both leave behind in Redis.
@ExtendWith(NeedsRedis.class)
@ResourceLock(Shared.REDIS)
final class RedisHouseKeepingTest {
  private static final int PARTITION = Partitions.of(ROOM);

  private RedisFixture fixture;
  private RedisStore store;

  @BeforeEach
  void open() throws Exception {
    fixture = RedisFixture.create();
    store = fixture.open();
  }

  @AfterEach
  void close() throws Exception {
    await(store.close());
    fixture.end();
  }

  @Test
  void aKeyIsForgottenAfterADayOrTwo() throws Exception {
    Append first = messages(ROOM, "a").withKey(key("1"));
    assertThat(isRepeated(first)).isFalse();
    fixture.pass(Duration.ofHours(25));
    isRepeated(messages(ROOM, "b").withKey(key("2")));
    assertThat(isRepeated(first)).isTrue();
    fixture.pass(Duration.ofHours(25));
    isRepeated(messages(ROOM, "c").withKey(key("3")));
    assertThat(isRepeated(first)).isFalse();
  }

  @Test
  void keysEndWithTheirTimeEvenInARoomThatIsSilent() throws Exception {
    isRepeated(messages(ROOM, "a").withKey(key("1")));
    long millis = number("PTTL", "k:" + ROOM);
    assertThat(Duration.ofMillis(millis)).isBetween(Duration.ofHours(47), Duration.ofHours(48));
    isRepeated(messages(ROOM, "b"));
    assertThat(number("PTTL", "p:" + operationsTable())).isPositive();
  }

  @Test
  void theFeedIsKeptForItsTimeAndNotMuchLonger() throws Exception {
    isRepeated(messages(ROOM, "old"));
    fixture.pass(Duration.ofSeconds(61));
    isRepeated(messages(ROOM, "a"));
    Changes all = await(store.log().changes(PARTITION, 0, 10));
    assertThat(all.truncated()).isTrue();
    for (int i = 0; i < 500; i++) {
      isRepeated(messages(ROOM, "b" + i));
    }
    fixture.pass(Duration.ofSeconds(61));
    isRepeated(messages(ROOM, "c"));
    fixture.pass(Duration.ofSeconds(61));
    isRepeated(messages(ROOM, "d"));
    Changes truncated = await(store.log().changes(PARTITION, all.cursor(), 10));
    assertThat(truncated.truncated()).isTrue();
    assertThat(truncated.cursor()).isEqualTo(await(store.log().changesHead(PARTITION)));
    assertThat(number("XLEN", "f")).isLessThan(200);
  }

  @Test
  void whatTrimmedEventsTakeIsGivenBack() throws Exception {
    fill(5_000, 10);
    await(store.log().trim(ROOM, 4_500));
    await(store.sweep());
    assertThat(IntStream.range(0, 5).mapToObj(this::segmentSize).toList())
        .containsExactly(0L, 0L, 0L, 0L, 500L);
    assertThat(number("LLEN", "c:" + ROOM)).isEqualTo(500);
    assertThat(number("EXISTS", "w")).isZero();
    assertThat(seqs(await(store.log().readCountedBefore(ROOM, 4_503, 10))))
        .containsExactly(4_502L, 4_501L);
    await(store.log().trim(ROOM, 5_000));
    await(store.sweep());
    assertThat(segmentSize(4)).isZero();
    assertThat(await(store.log().head(ROOM)).position().seq()).isEqualTo(5_000);
  }

  @Test
  void expiredRecordsAreRemoved() throws Exception {
    for (int i = 0; i < 450; i++) {
      await(
          store
              .records()
              .put(
                  ROOM,
                  "k" + i,
                  bytes("v"),
                  OptionalLong.empty(),
                  Optional.of(fixture.now().plusSeconds(10))));
    }
    await(store.records().put(ROOM, "stays", bytes("v")));
    fixture.pass(Duration.ofSeconds(11));
    assertThat(await(store.records().scan(ROOM, "", "", 10)))
        .extracting(StoredRecord::key)
        .containsExactly("stays");
    await(store.sweep());
    assertThat(number("HLEN", "r:" + ROOM)).isEqualTo(1);
    assertThat(number("ZCARD", "n:" + ROOM)).isEqualTo(1);
    assertThat(number("EXISTS", "d")).isZero();
  }

  @Test
  void oneOfTwoSweepsAndTheOtherTakesOver() throws Exception {
    Await.until("the first sweeps", store::isSweeping);
    RedisStore second = fixture.openAnother();
    await(second.records().get(ROOM, "any"));
    assertThat(second.isSweeping()).isFalse();
    assertThat(store.isSweeping()).isTrue();
    await(store.close());
    assertThat(store.isSweeping()).isFalse();
    Await.until("the second sweeps", second::isSweeping);
    await(second.close());
  }

  @Test
  void whatIsTooLongForOneAnswerIsReadInParts() throws Exception {
    fill(60, 100_000);
    List<Long> all = LongStream.rangeClosed(1, 60).boxed().toList();
    assertThat(seqs(await(store.log().read(ROOM, 0, 1_000)))).isEqualTo(all);
    assertThat(seqs(await(store.log().read(ROOM, 10, 20)))).isEqualTo(all.subList(10, 30));
    assertThat(seqs(await(store.log().readCountedAfter(ROOM, 0, 1_000)))).isEqualTo(all);
    assertThat(seqs(await(store.log().readCountedBefore(ROOM, 61, 60)))).isEqualTo(all.reversed());
    assertThat(await(store.log().bytesAfter(ROOM, 0))).isEqualTo(6_000_000);
    var behind = (Behind) await(store.log().append(messages(ROOM, "late").expecting(3)));
    assertThat(seqs(behind.missed())).isEqualTo(all.subList(3, 60));
    for (int i = 0; i < 30; i++) {
      await(store.records().put(ROOM, "k%02d".formatted(i), new byte[100_000]));
    }
    assertThat(await(store.records().scan(ROOM, "k", "", 1_000))).hasSize(30);
  }

  @Test
  void whatWasMissedIsAboutEightMegabytes() throws Exception {
    fill(30, 1 << 20);
    var behind = (Behind) await(store.log().append(messages(ROOM, "late").expecting(0)));
    long bytes = behind.missed().stream().mapToLong(event -> event.payload().length).sum();
    assertThat(bytes).isBetween(8L << 20, 17L << 20);
    assertThat(seqs(behind.missed())).startsWith(1L, 2L);
  }

  @Test
  void manyBytesAreCountedInParts() throws Exception {
    fill(12_000, 3);
    assertThat(await(store.log().bytesAfter(ROOM, 11_000))).isEqualTo(3_000);
    assertThat(await(store.log().bytesAfter(ROOM, 0))).isBetween(30_000L, 36_000L);
  }

  @Test
  void historyFindsEveryMessageWhateverLiesBetween() throws Exception {
    long seed = Long.getLong("parley.test.seed", System.nanoTime());
    var random = new Random(seed);
    var counted = new ArrayList<Long>();
    long seq = 0;
    for (int i = 0; i < 60; i++) {
      NewEvent[] events =
          IntStream.range(0, 1 + random.nextInt(64))
              .mapToObj(_ -> random.nextInt(4) == 0 ? message("m") : reaction("r"))
              .toArray(NewEvent[]::new);
      await(store.log().append(append(ROOM, events)));
      for (NewEvent event : events) {
        seq++;
        if (event.counted()) {
          counted.add(seq);
        }
      }
    }
    long trimmed = random.nextLong(seq / 2);
    await(store.log().trim(ROOM, trimmed));
    counted.removeIf(each -> each <= trimmed);
    for (int i = 0; i < 100; i++) {
      long bound = random.nextLong(seq + 3);
      int limit = 1 + random.nextInt(20);
      assertThat(seqs(await(store.log().readCountedBefore(ROOM, bound, limit))))
          .as("before %d, seed %d", bound, seed)
          .isEqualTo(
              counted.reversed().stream().filter(each -> each < bound).limit(limit).toList());
      List<StoredEvent> after = await(store.log().readCountedAfter(ROOM, bound, limit));
      assertThat(seqs(after))
          .as("after %d, seed %d", bound, seed)
          .isEqualTo(counted.stream().filter(each -> each > bound).limit(limit).toList());
    }
  }

  private void fill(int count, int payloadBytes) throws Exception {
    var appends = new ArrayList<Future<?>>();
    NewEvent event = new NewEvent(new byte[payloadBytes], true);
    int each = payloadBytes > 1_000 ? 1 : 50;
    for (int i = 0; i < count; i += each) {
      NewEvent[] events = new NewEvent[each];
      Arrays.fill(events, event);
      appends.add(store.log().append(append(ROOM, events)));
    }
    await(Future.all(appends));
  }

  private boolean isRepeated(Append append) throws Exception {
    return ((Appended) await(store.log().append(append))).repeated();
  }

  private long segmentSize(int segment) {
    return number("HLEN", "e:" + segment + ":" + ROOM);
  }

  private long operationsTable() throws Exception {
    return fixture.now().toEpochMilli() / 120_000;
  }

  private long number(String command, String key) {
    try {
      Request request =
          Request.cmd(Command.create(command)).arg("{parley." + PARTITION + "}" + key);
      return fixture.run(request).toLong();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
