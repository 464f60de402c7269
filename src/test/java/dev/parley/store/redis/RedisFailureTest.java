package dev.parley.store.redis;

import static dev.parley.store.Await.await;
import static dev.parley.store.Await.failureOf;
import static dev.parley.store.Await.until;
import static dev.parley.store.Samples.OTHER;
import static dev.parley.store.Samples.ROOM;
import static dev.parley.store.Samples.bytes;
import static dev.parley.store.Samples.messages;
import static dev.parley.store.Samples.stream;
import static dev.parley.store.Samples.text;
import static dev.parley.store.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.NeedsRedis;
import dev.parley.kit.RedisServer;
import dev.parley.kit.Wire;
import dev.parley.protocol.Position;
import dev.parley.protocol.StreamId;
import dev.parley.store.AppendResult;
import dev.parley.store.AppendResult.Appended;
import dev.parley.store.EventLog.Check;
import dev.parley.store.Records.PutResult.Written;
import dev.parley.store.Records.StoredRecord;
import dev.parley.store.Samples;
import dev.parley.store.StoreUnavailableException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What may happen to Redis and to the way to it.
@ExtendWith(NeedsRedis.class)
final class RedisFailureTest {
  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger lives = new AtomicInteger();
  private RedisServer redis;
  private Wire wire;
  private RedisStore store;

  @BeforeEach
  void open() throws Exception {
    redis = RedisServer.start();
    wire = new Wire(redis.port());
    store = open("store.redis.timeout", "500ms", "store.retry", "20s");
  }

  @AfterEach
  void close() throws Exception {
    await(store.close());
    await(vertx.close());
    wire.close();
    redis.close();
  }

  @Test
  void whatWasSentWhenTheConnectionWasCutIsStoredOnceAndInOrder() throws Exception {
    stored("before");
    wire.loseAnswers();
    List<String> texts = IntStream.range(0, 100).mapToObj(i -> "m" + i).toList();
    List<Future<AppendResult>> appends =
        texts.stream().map(text -> store.log().append(messages(ROOM, text))).toList();
    Future<?> put = store.records().put(ROOM, "k", bytes("v"));
    until("Redis has them", () -> isStored(101));
    wire.cut();
    await(Future.all(appends));
    assertThat(appends)
        .allMatch(append -> !((Appended) append.result()).repeated(), "is no repetition");
    assertThat(texts(await(store.log().read(ROOM, 1, 1_000)))).isEqualTo(texts);
    assertThat(await(put)).isEqualTo(new Written(1));
    assertThat(await(store.records().put(ROOM, "k", bytes("w")))).isEqualTo(new Written(2));
  }

  @Test
  void wheneverItIsCutEverythingIsStoredOnceAndInOrder() throws Exception {
    long seed = Long.getLong("parley.test.seed", System.nanoTime());
    var random = new Random(seed);
    List<List<String>> sent =
        Stream.generate(() -> (List<String>) new ArrayList<String>()).limit(5).toList();
    var calls = new ArrayList<Future<?>>();
    for (int i = 0; i < 1_000; i++) {
      int room = random.nextInt(sent.size());
      sent.get(room).add("m" + i);
      calls.add(store.log().append(messages(stream("r" + room), "m" + i)));
      calls.add(store.records().put(stream("r" + room), "k", bytes("" + i)));
      switch (random.nextInt(60)) {
        case 0 -> wire.cut();
        case 1 -> wire.loseAnswers();
        case 2 ->
            await(
                calls
                    .get(random.nextInt(calls.size() / 2 + 1))
                    .timeout(20, TimeUnit.MILLISECONDS)
                    .otherwiseEmpty());
        default -> {}
      }
    }
    wire.cut();
    await(Future.all(calls));
    for (int room = 0; room < sent.size(); room++) {
      StreamId stream = stream("r" + room);
      List<String> stored = texts(await(store.log().read(stream, 0, 1_000)));
      assertThat(stored).as("room %d, seed %d", room, seed).isEqualTo(sent.get(room));
      StoredRecord record = await(store.records().get(stream, "k")).orElseThrow();
      assertThat(record.version()).as("seed %d", seed).isEqualTo(sent.get(room).size());
      assertThat("m" + text(record.value())).isEqualTo(sent.get(room).getLast());
    }
  }

  @Test
  void aRepetitionByTheClientIsStillToldFromOurOwn() throws Exception {
    var append = messages(ROOM, "a").withKey(Samples.key("1"));
    wire.loseAnswers();
    Future<AppendResult> first = store.log().append(append);
    Future<AppendResult> second = store.log().append(append);
    until("Redis has it", () -> isStored(1));
    wire.cut();
    assertThat(((Appended) await(first)).repeated()).isFalse();
    assertThat(((Appended) await(second)).repeated()).isTrue();
    assertThat(texts(await(store.log().read(ROOM, 0, 10)))).containsExactly("a");
  }

  @Test
  void aRestartWithItsFilesLosesNothingAndKeepsPositions() throws Exception {
    Position before = stored("before");
    redis.kill();
    Future<AppendResult> meanwhile = store.log().append(messages(ROOM, "meanwhile"));
    Future<Check> check = store.log().check(ROOM, before);
    until("it is noticed", () -> !store.isAvailable());
    redis.restart();
    Position after = ((Appended) await(meanwhile)).last().position();
    assertThat(await(check)).isEqualTo(Check.GOOD);
    assertThat(after.epoch()).isNotEqualTo(before.epoch());
    assertThat(check(before)).isEqualTo(Check.GOOD);
    assertThat(check(after)).isEqualTo(Check.GOOD);
    assertThat(texts(await(store.log().read(ROOM, 0, 10)))).containsExactly("before", "meanwhile");
    until("it is healed", store::isAvailable);
    until("the new life is told", () -> lives.get() == 1);
  }

  @Test
  void aRestartWithoutItsFilesIsNoticed() throws Exception {
    Position lost = stored("a");
    long cursor = await(store.log().changesHead(Partitions.of(ROOM)));
    redis.kill();
    redis.restartEmpty();
    assertThat(check(lost)).isEqualTo(Check.LOST);
    assertThat(truncated(cursor)).isTrue();
    assertThat(stored("b")).isNotEqualTo(lost);
    assertThat(check(lost)).isEqualTo(Check.LOST);
    until("the new life is told", () -> lives.get() == 1);
  }

  @Test
  void aStoreThatIsEmptiedWhileInUseIsNoticed() throws Exception {
    Position lost = stored("a");
    long cursor = await(store.log().changesHead(Partitions.of(ROOM)));
    redis.ask("FLUSHALL");
    assertThat(check(lost)).isEqualTo(Check.LOST);
    stored("b");
    stored("c");
    assertThat(check(lost)).isEqualTo(Check.LOST);
    assertThat(truncated(cursor)).isTrue();
  }

  @Test
  void aFailoverToAReplicaThatLagsIsNoticed() throws Exception {
    try (RedisServer replica = RedisServer.start()) {
      replica.ask("REPLICAOF", "127.0.0.1", "" + redis.port());
      Position kept = stored("kept");
      until("the replica has it", () -> replica.ask("HGET", key("s:", ROOM), "q").equals("1"));
      replica.ask("REPLICAOF", "NO", "ONE");
      Position lost = stored("lost");
      long cursor = await(store.log().changesHead(Partitions.of(ROOM)));
      redis.kill();
      wire.moveTo(replica.port());
      assertThat(check(kept)).isEqualTo(Check.GOOD);
      assertThat(check(lost)).isEqualTo(Check.LOST);
      assertThat(truncated(cursor)).isTrue();
      until("the new life is told", () -> lives.get() == 1);
      Position instead = stored("instead");
      assertThat(instead.seq()).isEqualTo(lost.seq());
      assertThat(check(lost)).isEqualTo(Check.LOST);
      assertThat(truncated(cursor)).isTrue();
      assertThat(check(kept)).isEqualTo(Check.GOOD);
      assertThat(check(instead)).isEqualTo(Check.GOOD);
      await(store.close());
    }
  }

  @Test
  void forgottenScriptsAreLoadedAgain() throws Exception {
    stored("a");
    redis.ask("SCRIPT", "FLUSH");
    List<Future<AppendResult>> appends =
        List.of("b", "c", "d").stream()
            .map(text -> store.log().append(messages(ROOM, text)))
            .toList();
    await(Future.all(appends));
    assertThat(texts(await(store.log().read(ROOM, 0, 10)))).containsExactly("a", "b", "c", "d");
  }

  @Test
  void aMasterThatIsDemotedIsNotWrittenUntilThereIsOneAgain() throws Exception {
    Position before = stored("before");
    redis.ask("REPLICAOF", "127.0.0.1", "" + RedisServer.freePort());
    Future<AppendResult> meanwhile = store.log().append(messages(ROOM, "meanwhile"));
    until("it is noticed", () -> !store.isAvailable());
    redis.ask("REPLICAOF", "NO", "ONE");
    Position after = ((Appended) await(meanwhile)).last().position();
    assertThat(after.seq()).isEqualTo(2);
    assertThat(after.epoch()).isNotEqualTo(before.epoch());
    assertThat(check(before)).isEqualTo(Check.GOOD);
  }

  @Test
  void aChangeOfLifeIsNoticedWithoutAnyError() throws Exception {
    Position before = stored("before");
    redis.ask("DEBUG", "CHANGE-REPL-ID");
    until("the new life is told", () -> lives.get() == 1);
    assertThat(stored("after").epoch()).isNotEqualTo(before.epoch());
  }

  @Test
  void aHungRedisDelaysAndDoublesNothing() throws Exception {
    stored("before");
    redis.pause();
    List<Future<AppendResult>> appends =
        IntStream.range(0, 50).mapToObj(i -> store.log().append(messages(ROOM, "m" + i))).toList();
    until("it is noticed", () -> !store.isAvailable());
    redis.resume();
    await(Future.all(appends));
    assertThat(texts(await(store.log().read(ROOM, 1, 100))))
        .isEqualTo(IntStream.range(0, 50).mapToObj(i -> "m" + i).toList());
    until("it is healed", store::isAvailable);
  }

  @Test
  void whatIsNotAnsweredInTimeFailsAsUnavailable() throws Exception {
    await(store.close());
    store = open("store.redis.timeout", "200ms", "store.retry", "500ms");
    redis.pause();
    assertThat(failureOf(store.log().append(messages(ROOM, "a"))))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(failureOf(store.log().head(ROOM))).isInstanceOf(StoreUnavailableException.class);
    redis.resume();
    until("it is healed", store::isAvailable);
    stored("b");
  }

  @Test
  void whatWaitsIsBounded() throws Exception {
    await(store.close());
    store =
        open(
            RedisFixture.options(wire.url(), "store.redis.timeout", "500ms", "store.retry", "20s")
                .withMaxQueued(10, 1 << 20));
    untilNothingIsQueued(); // the store's own housekeeping counts too
    redis.pause();
    var waiting =
        IntStream.range(0, 10).mapToObj(i -> store.log().append(messages(ROOM, "m" + i))).toList();
    assertThat(failureOf(store.log().append(messages(ROOM, "one too many"))))
        .isInstanceOf(StoreUnavailableException.class);
    redis.resume();
    await(Future.all(waiting));
    untilNothingIsQueued();
    stored("again");
  }

  private void untilNothingIsQueued() {
    until("nothing is queued", () -> store.queuedCalls() == 0 && store.queuedBytes() == 0);
  }

  @Test
  void whatWaitsIsBoundedInBytes() throws Exception {
    await(store.close());
    store = open(RedisFixture.options(wire.url()).withMaxQueued(100, 10_000));
    redis.pause();
    var waiting = store.log().append(messages(ROOM, "x".repeat(9_000)));
    assertThat(failureOf(store.log().append(messages(ROOM, "x".repeat(9_000)))))
        .isInstanceOf(StoreUnavailableException.class);
    redis.resume();
    await(waiting);
  }

  @Test
  void aFullRedisRefusesWithoutLosingTheConnection() throws Exception {
    Position before = stored("before");
    redis.ask("CONFIG", "SET", "maxmemory", "1");
    var append = store.log().append(messages(ROOM, "x").withKey(Samples.key("1")));
    assertThat(failureOf(append)).isInstanceOf(StoreUnavailableException.class);
    assertThat(await(store.log().head(ROOM)).position()).isEqualTo(before);
    assertThat(store.isAvailable()).isTrue();
    redis.ask("CONFIG", "SET", "maxmemory", "0");
    stored("after");
    assertThat(texts(await(store.log().read(ROOM, 0, 10)))).containsExactly("before", "after");
  }

  @Test
  void aWriteThatNoReplicaConfirmsFails() throws Exception {
    reopenForReplica("100ms");
    assertThat(failureOf(store.log().append(messages(ROOM, "a"))))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(await(store.log().head(OTHER)).position()).isEqualTo(Position.START);
    assertThat(store.isAvailable()).isTrue();
  }

  @Test
  void aWriteMayAwaitAReplica() throws Exception {
    try (RedisServer replica = RedisServer.start("--replicaof", "127.0.0.1 " + redis.port())) {
      until("the replica is there", () -> redis.info("slave0").contains("state=online"));
      reopenForReplica("5s");
      List<Future<AppendResult>> appends =
          IntStream.range(0, 100)
              .mapToObj(i -> store.log().append(messages(OTHER, "m" + i)))
              .toList();
      await(Future.all(appends));
      assertThat(replica.ask("HLEN", key("e:0:", OTHER))).isEqualTo("100");
    }
  }

  private void reopenForReplica(String timeout) throws Exception {
    await(store.close());
    store =
        open(
            "store.redis.ack", "replica",
            "store.redis.replica_timeout", timeout,
            "store.redis.timeout", "6s");
  }

  @Test
  void closingCompletesWhatWasAccepted() throws Exception {
    List<Future<AppendResult>> appends =
        IntStream.range(0, 500).mapToObj(i -> store.log().append(messages(ROOM, "m" + i))).toList();
    Future<Void> closed = store.close();
    await(closed);
    await(Future.all(appends));
    assertThat(failureOf(store.log().append(messages(ROOM, "late"))))
        .isInstanceOf(StoreUnavailableException.class);
  }

  private static String key(String kind, StreamId stream) {
    return "{parley." + Partitions.of(stream) + "}" + kind + stream;
  }

  /// As Redis itself sees it.
  private boolean isStored(int events) {
    return redis.ask("HGET", key("s:", ROOM), "q").equals("" + events);
  }

  private RedisStore open(String... keysAndValues) throws Exception {
    return open(RedisFixture.options(wire.url(), keysAndValues));
  }

  private RedisStore open(RedisStoreOptions options) throws Exception {
    RedisStore opened = RedisFixture.open(vertx, options);
    opened.log().onNewLife(lives::incrementAndGet);
    return opened;
  }

  private Position stored(String text) throws Exception {
    return ((Appended) await(store.log().append(messages(ROOM, text)))).last().position();
  }

  private Check check(Position position) throws Exception {
    return await(store.log().check(ROOM, position));
  }

  private boolean truncated(long cursor) throws Exception {
    return await(store.log().changes(Partitions.of(ROOM), cursor, 10)).truncated();
  }
}
