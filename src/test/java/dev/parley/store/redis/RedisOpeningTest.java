package dev.parley.store.redis;

import static dev.parley.store.Await.await;
import static dev.parley.store.Await.failureOf;
import static dev.parley.store.Samples.ROOM;
import static dev.parley.store.Samples.bytes;
import static dev.parley.store.Samples.messages;
import static dev.parley.store.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.NeedsRedis;
import dev.parley.kit.RedisServer;
import dev.parley.kit.SelfSigned;
import dev.parley.store.Append.RecordPut;
import dev.parley.store.Append.Revision;
import dev.parley.store.Samples;
import dev.parley.store.StoreMeters;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What keeps a store from opening, and as whom it speaks to Redis.
@ExtendWith(NeedsRedis.class)
final class RedisOpeningTest {
  /// As `docs/operations.md` has it.
  private static final String RIGHTS =
      "~{parley.* -@all +hello +auth +ping +info +select +wait +script|load +evalsha +time +hget"
          + " +hmget +hset +hdel +hlen +hstrlen +rpush +lrange +ltrim +zadd +zrem +zrangebylex"
          + " +zrangebyscore +sadd +srem +scard +srandmember +xadd +xrange +xtrim +unlink +rename"
          + " +pexpire";

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void end() throws Exception {
    await(vertx.close());
  }

  @Test
  void aRedisThatEvictsIsRefused() throws Exception {
    try (RedisServer redis = RedisServer.start("--maxmemory-policy", "allkeys-lru")) {
      assertThat(refusal(redis.url()))
          .isEqualTo(
              "Redis at 127.0.0.1:%d has maxmemory-policy allkeys-lru, by which it may drop what was acknowledged; set it to noeviction"
                  .formatted(redis.port()));
    }
  }

  @Test
  void aRedisThatIsNotThereIsRefusedInOneLine() throws Exception {
    int port = RedisServer.freePort();
    assertThat(refusal("redis://:secret@127.0.0.1:" + port))
        .startsWith("Redis at 127.0.0.1:%d cannot be used: ".formatted(port))
        .contains("refused")
        .doesNotContain("secret")
        .hasLineCount(1);
  }

  @Test
  void aRedisThatDoesNotAnswerIsRefusedInTime() throws Exception {
    try (RedisServer redis = RedisServer.start()) {
      redis.pause();
      assertThat(refusal(redis.url(), "store.redis.timeout", "200ms"))
          .contains("cannot be used")
          .hasLineCount(1);
    }
  }

  @Test
  void aReplicaIsRefused() throws Exception {
    try (RedisServer redis = RedisServer.start()) {
      redis.ask("REPLICAOF", "127.0.0.1", "" + RedisServer.freePort());
      assertThat(refusal(redis.url())).contains("is a replica; the master is needed");
    }
  }

  @Test
  void aWrongPasswordIsRefused() throws Exception {
    try (RedisServer redis = RedisServer.start("--requirepass", "right")) {
      String line = refusal("redis://:wrong@127.0.0.1:" + redis.port());
      assertThat(line).contains("cannot be used", "WRONGPASS").hasLineCount(1);
      assertThat(refusal(redis.url())).contains("NOAUTH");
    }
  }

  @Test
  void aPasswordMayHoldWhatUrlsEscape() throws Exception {
    try (RedisServer redis = RedisServer.start("--requirepass", "p@ss:w/rd")) {
      RedisStore store = open("redis://:p%40ss%3Aw%2Frd@127.0.0.1:" + redis.port());
      await(store.log().append(messages(ROOM, "a")));
      await(store.close());
    }
  }

  @Test
  void aUserNeedsOnlyTheseRights() throws Exception {
    try (RedisServer redis = RedisServer.start()) {
      String[] rights = ("ACL SETUSER parley on >secret " + RIGHTS).split(" ", -1);
      assertThat(redis.ask(rights)).isEqualTo("OK");
      RedisStore store =
          open(redis.url(), "store.redis.user", "parley", "store.redis.password", "secret");
      useAll(store);
      await(store.close());
    }
  }

  @Test
  void tlsIsSpokenToWhomWeTrustOnly(@TempDir Path directory) throws Exception {
    Path certificate = directory.resolve("cert.pem");
    Path key = directory.resolve("key.pem");
    SelfSigned.make(directory, "redis").write(certificate, key);
    int port = RedisServer.freePort();
    try (RedisServer _ =
        RedisServer.start(
            "--tls-port", "" + port,
            "--tls-cert-file", certificate.toString(),
            "--tls-key-file", key.toString(),
            "--tls-ca-cert-file", certificate.toString(),
            "--tls-auth-clients", "no")) {
      String url = "rediss://127.0.0.1:" + port;
      RedisStore store = open(url, "store.redis.tls.ca", certificate.toString());
      await(store.log().append(messages(ROOM, "a")));
      await(store.close());
      assertThat(refusal(url)).contains("cannot be used").hasLineCount(1);
    }
  }

  @Test
  void anotherDatabaseIsAnotherStore() throws Exception {
    try (RedisServer redis = RedisServer.start()) {
      RedisStore first = open(redis.url());
      RedisStore second = open(redis.url() + "/1");
      await(first.log().append(messages(ROOM, "a")));
      assertThat(await(second.log().read(ROOM, 0, 10))).isEmpty();
      await(first.close());
      await(second.close());
    }
  }

  @Test
  void anotherPrefixIsAnotherStore() throws Exception {
    try (RedisServer redis = RedisServer.start()) {
      RedisStore first = open(redis.url());
      RedisStore second = open(redis.url(), "store.redis.prefix", "other");
      await(first.log().append(messages(ROOM, "a")));
      assertThat(await(second.log().read(ROOM, 0, 10))).isEmpty();
      await(first.close());
      await(second.close());
    }
  }

  @Test
  void aBackupIsLeftToRedis() throws Exception {
    try (RedisServer redis = RedisServer.start()) {
      RedisStore store = open(redis.url());
      assertThat(failureOf(store.backup(Path.of("copy"))))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("Redis itself");
      await(store.close());
    }
  }

  /// Every script, and every command in them.
  private static void useAll(RedisStore store) throws Exception {
    await(store.log().append(messages(ROOM, "a", "b").withKey(Samples.key("1"))));
    await(
        store
            .log()
            .append(
                messages(ROOM, "c")
                    .withRevisions(List.of(new Revision(1, 0, bytes("A"))))
                    .withPuts(List.of(RecordPut.of("k", bytes("v"))))));
    assertThat(texts(await(store.log().read(ROOM, 0, 10)))).containsExactly("A", "b", "c");
    assertThat(await(store.log().readCountedBefore(ROOM, 9, 10))).hasSize(3);
    assertThat(await(store.log().bytesAfter(ROOM, 1))).isEqualTo(2);
    assertThat(await(store.log().changes(Partitions.of(ROOM), 0, 10)).changes()).hasSize(2);
    await(store.log().trim(ROOM, 1));
    await(
        store
            .records()
            .put(
                ROOM,
                "gone",
                bytes("v"),
                OptionalLong.empty(),
                Optional.of(Instant.now().minus(Duration.ofHours(1)))));
    assertThat(await(store.records().get(ROOM, "gone"))).isEmpty();
    assertThat(await(store.records().scan(ROOM, "", "", 10))).hasSize(1);
    await(store.records().remove(ROOM, "k"));
    await(store.sweep());
  }

  private RedisStore open(String url, String... keysAndValues) throws Exception {
    return RedisFixture.open(vertx, RedisFixture.options(url, keysAndValues));
  }

  private String refusal(String url, String... keysAndValues) throws Exception {
    var options = RedisFixture.options(url, keysAndValues);
    return switch (await(RedisStore.open(vertx, options, StoreMeters.NONE))) {
      case OpenResult.Refused(String line) -> line;
      case OpenResult.Opened _ -> "opened";
    };
  }
}
