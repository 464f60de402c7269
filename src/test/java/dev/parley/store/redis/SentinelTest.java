package dev.parley.store.redis;

import static dev.parley.store.Await.await;
import static dev.parley.store.Await.until;
import static dev.parley.store.Samples.ROOM;
import static dev.parley.store.Samples.messages;
import static dev.parley.store.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.Config;
import dev.parley.kit.NeedsRedis;
import dev.parley.kit.RedisServer;
import dev.parley.protocol.Position;
import dev.parley.store.AppendResult.Appended;
import dev.parley.store.EventLog.Check;
import dev.parley.store.StoreMeters;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Sentinels that say where the master is.
@ExtendWith(NeedsRedis.class)
final class SentinelTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void end() throws Exception {
    await(vertx.close());
  }

  @Test
  void aFailoverIsFollowed() throws Exception {
    try (RedisServer master = RedisServer.start();
        RedisServer replica = RedisServer.start("--replicaof", "127.0.0.1 " + master.port());
        RedisServer sentinel = sentinelOf(master)) {
      RedisStore store =
          open("127.0.0.1:%d,127.0.0.1:%d".formatted(RedisServer.freePort(), sentinel.port()));
      Position before =
          ((Appended) await(store.log().append(messages(ROOM, "a")))).last().position();
      until("the Sentinel knows the replica", () -> sentinel.info("master0").contains("slaves=1"));
      master.kill();
      Position after =
          ((Appended) await(store.log().append(messages(ROOM, "b")))).last().position();
      assertThat(after.epoch()).isNotEqualTo(before.epoch());
      assertThat(await(store.log().check(ROOM, after))).isEqualTo(Check.GOOD);
      assertThat(texts(await(store.log().read(ROOM, 0, 10)))).endsWith("b");
      assertThat(replica.info("role")).isEqualTo("master");
      await(store.close());
    }
  }

  @Test
  void sentinelsThatKnowNoSuchMasterAreNamed() throws Exception {
    try (RedisServer master = RedisServer.start();
        RedisServer sentinel = RedisServer.startSentinel(master.port())) {
      var options = options("127.0.0.1:" + sentinel.port(), "other");
      assertThat(await(RedisStore.open(vertx, options, StoreMeters.NONE)))
          .isEqualTo(
              new OpenResult.Refused(
                  "Redis at other of the Sentinels 127.0.0.1:%1$d cannot be used: the Sentinel at 127.0.0.1:%1$d knows no other"
                      .formatted(sentinel.port())));
    }
  }

  /// One that knows of the replica from the start: it asks the master only every ten seconds.
  private static RedisServer sentinelOf(RedisServer master) {
    until("the replica is there", () -> master.info("slave0").contains("state=online"));
    return RedisServer.startSentinel(master.port());
  }

  private RedisStore open(String sentinels) throws Exception {
    return RedisFixture.open(vertx, options(sentinels, "mymaster"));
  }

  private static RedisStoreOptions options(String sentinels, String master) {
    Config config =
        Config.of(
            "store.redis.sentinels",
            sentinels,
            "store.redis.master",
            master,
            "store.redis.timeout",
            "1s",
            "store.retry",
            "30s");
    return RedisStoreOptions.of("test", config.store(), 2);
  }
}
