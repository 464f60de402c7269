package dev.parley.store.redis;

import static dev.parley.store.Await.await;

import dev.parley.config.Config;
import dev.parley.kit.RedisServer;
import dev.parley.store.Store;
import dev.parley.store.StoreFixture;
import dev.parley.store.StoreMeters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// A store on a redis-server that all tests of this process share, emptied before each. Its history
/// is renamed for a new life, as a restart would; time passes as it is told.
final class RedisFixture implements StoreFixture {
  private final Vertx vertx = Vertx.vertx();
  private final Redis client;
  private final RedisConnection redis;
  private volatile Duration ahead = Duration.ZERO;
  private boolean opened;

  private RedisFixture() throws Exception {
    this.client =
        Redis.createClient(
            vertx,
            new RedisOptions()
                .setConnectionString(Shared.SERVER.url())
                .setMaxWaitingHandlers(100_000));
    this.redis = await(client.connect());
  }

  /// Ends with the process.
  private static final class Shared {
    static final RedisServer SERVER = RedisServer.start();
  }

  /// Every key as Redis itself writes it down.
  record Copy(List<Entry> entries) implements Saved {}

  record Entry(byte[] key, byte[] value) {}

  static RedisFixture create() throws Exception {
    var fixture = new RedisFixture();
    fixture.empty();
    return fixture;
  }

  static RedisStoreOptions options(String url, String... keysAndValues) {
    String[] settings =
        Stream.concat(Stream.of("store.redis.url", url), Stream.of(keysAndValues))
            .toArray(String[]::new);
    return RedisStoreOptions.of("test", Config.of(settings).store(), 2);
  }

  Vertx vertx() {
    return vertx;
  }

  Instant now() throws Exception {
    Response time = await(redis.send(Request.cmd(Command.TIME)));
    return Instant.ofEpochSecond(time.get(0).toLong()).plus(ahead);
  }

  @Override
  public RedisStore open() throws Exception {
    if (opened) {
      run(Request.cmd(Command.DEBUG).arg("CHANGE-REPL-ID"));
    }
    opened = true;
    RedisStoreOptions options = options(Shared.SERVER.url()).withAhead(() -> ahead);
    return open(vertx, options);
  }

  /// One more, in the same life.
  RedisStore openAnother() throws Exception {
    return open(vertx, options(Shared.SERVER.url()).withAhead(() -> ahead));
  }

  static RedisStore open(Vertx vertx, RedisStoreOptions options) throws Exception {
    return switch (await(RedisStore.open(vertx, options, StoreMeters.NONE))) {
      case OpenResult.Opened(RedisStore store) -> store;
      case OpenResult.Refused(String line) -> throw new AssertionError(line);
    };
  }

  @Override
  public Saved save(Store store) throws Exception {
    List<Response> keys = run(Request.cmd(Command.KEYS).arg("*")).stream().toList();
    List<Future<Entry>> entries = keys.stream().map(key -> dump(key.toBytes())).toList();
    return new Copy(await(Future.all(entries)).list());
  }

  private Future<Entry> dump(byte[] key) {
    return redis
        .send(Request.cmd(Command.DUMP).arg(key))
        .map(value -> new Entry(key, value.toBytes()));
  }

  @Override
  public void restore(Saved saved) throws Exception {
    empty();
    await(Future.all(((Copy) saved).entries().stream().map(this::restore).toList()));
  }

  private Future<Response> restore(Entry entry) {
    return redis.send(Request.cmd(Command.RESTORE).arg(entry.key()).arg(0).arg(entry.value()));
  }

  @Override
  public void empty() throws Exception {
    run(Request.cmd(Command.FLUSHALL));
  }

  @Override
  public void pass(Duration time) {
    ahead = ahead.plus(time);
  }

  @Override
  public void keepHouse(Store store) throws Exception {
    await(((RedisStore) store).sweep());
  }

  Response run(Request request) throws Exception {
    return await(redis.send(request));
  }

  @Override
  public void end() throws Exception {
    await(client.close());
    await(vertx.close());
  }
}
