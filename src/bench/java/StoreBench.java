import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.config.Config;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.UserId;
import dev.parley.store.Append;
import dev.parley.store.Append.NewEvent;
import dev.parley.store.IdempotencyKey;
import dev.parley.store.Store;
import dev.parley.store.StoreMeters;
import dev.parley.store.embedded.EmbeddedOptions;
import dev.parley.store.embedded.EmbeddedStore;
import dev.parley.store.embedded.OpenResult.Opened;
import dev.parley.store.redis.RedisStore;
import dev.parley.store.redis.RedisStoreOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/// How many durable rows a second a store takes, by how many appends are under way at once. From
/// the repository's root, after `mvn package`; the second form measures the store on a Redis, which
/// keeps what is written under the prefix `bench`:
///
/// ```
/// java @conf/jvm.options -cp target/parley.jar src/bench/java/StoreBench.java [directory [seconds]]
/// java @conf/jvm.options -cp target/parley.jar src/bench/java/StoreBench.java --redis URL [seconds]
/// ```
///
/// Each append is one message of 300 bytes with a key of its own, to one of 100 rooms; each is
/// followed by the next as soon as it is acknowledged.
public final class StoreBench {
  private static final int ROOMS = 100;
  private static final List<Integer> IN_FLIGHT = List.of(1, 16, 256, 1_024);
  private static final byte[] PAYLOAD =
      "{\"text\":\"%s\"}".formatted("x".repeat(289)).getBytes(UTF_8);

  private StoreBench() {}

  public static void main(String[] arguments) throws Exception {
    boolean shared = arguments.length > 1 && arguments[0].equals("--redis");
    int more = shared ? 2 : Math.min(1, arguments.length);
    int seconds = arguments.length > more ? Integer.parseInt(arguments[more]) : 10;
    var vertx = Vertx.vertx();
    if (shared) {
      measure(vertx, redis(vertx, arguments[1]), new Counts(), () -> 0, seconds);
    } else {
      embedded(vertx, Path.of(arguments.length > 0 ? arguments[0] : "target"), seconds);
    }
    await(vertx.close());
  }

  private static void embedded(Vertx vertx, Path parent, int seconds) throws Exception {
    Path directory = Files.createTempDirectory(parent, "store-bench");
    var counts = new Counts();
    var opened = (Opened) await(EmbeddedStore.open(vertx, options(directory), counts));
    measure(vertx, opened.store(), counts, opened.store()::walBytes, seconds);
    delete(directory);
  }

  private static Store redis(Vertx vertx, String url) throws Exception {
    var config = Config.of("store.redis.url", url, "store.redis.prefix", "bench");
    return switch (await(
        RedisStore.open(
            vertx, RedisStoreOptions.of("bench", config.store(), 2), StoreMeters.NONE))) {
      case dev.parley.store.redis.OpenResult.Opened(RedisStore store) -> store;
      case dev.parley.store.redis.OpenResult.Refused(String line) ->
          throw new IllegalStateException(line);
    };
  }

  private static void measure(
      Vertx vertx, Store store, Counts counts, LongSupplier walBytes, int seconds)
      throws Exception {
    System.out.println(
        "| in flight | rows/s | a batch | p50 ms | p99 ms | max ms | CPU µs/row | log MiB |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    new Run(vertx, store, counts).during(256, 3);
    for (int inFlight : IN_FLIGHT) {
      var run = new Run(vertx, store, counts);
      counts.reset();
      long cpu = cpuNanos();
      run.during(inFlight, seconds);
      long spent = cpuNanos() - cpu;
      System.out.println(run.line(inFlight, spent, walBytes.getAsLong()));
    }
    await(store.close());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get();
  }

  private static EmbeddedOptions options(Path directory) {
    return new EmbeddedOptions(
        directory,
        50_000,
        64L << 20,
        1_024,
        2,
        10_000,
        Duration.ofHours(24),
        Duration.ofDays(365),
        Duration.ofDays(90),
        Duration.ofSeconds(5),
        InstantSource.system());
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static void delete(Path directory) throws Exception {
    try (var paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /// Told by the writer's thread only.
  private static final class Counts implements StoreMeters {
    private volatile long batches;
    private volatile long writes;

    @Override
    public void onCommitted(int count, long bytes, Duration took) {
      batches = batches + 1;
      writes = writes + count;
    }

    void reset() {
      batches = 0;
      writes = 0;
    }

    double perBatch() {
      return (double) writes / Math.max(1, batches);
    }
  }

  /// One event loop that keeps a number of appends under way for some time.
  private static final class Run {
    private final Vertx vertx;
    private final Store store;
    private final Counts counts;
    private final Histogram latency = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
    private final Promise<Void> done = Promise.promise();
    private final String name = Long.toString(System.nanoTime(), 36) + "-";
    private long end;
    private int under;
    private long next;
    private double seconds;

    Run(Vertx vertx, Store store, Counts counts) {
      this.vertx = vertx;
      this.store = store;
      this.counts = counts;
    }

    void during(int inFlight, int forSeconds) throws Exception {
      long start = System.nanoTime();
      end = start + TimeUnit.SECONDS.toNanos(forSeconds);
      vertx.runOnContext(
          _ -> {
            for (int i = 0; i < inFlight; i++) {
              under++;
              append();
            }
          });
      done.future().toCompletionStage().toCompletableFuture().get();
      seconds = (System.nanoTime() - start) / 1e9;
    }

    private void append() {
      var room = new RoomName("room-" + ThreadLocalRandom.current().nextInt(ROOMS));
      long since = System.nanoTime();
      store
          .log()
          .append(
              Append.of(StreamId.of(room), new NewEvent(PAYLOAD, true))
                  .withKey(IdempotencyKey.of(new UserId("bench"), name + next++)))
          .onComplete(_ -> onStored(since), done::tryFail);
    }

    private void onStored(long since) {
      long now = System.nanoTime();
      latency.recordValue(now - since);
      if (now < end) {
        append();
      } else if (--under == 0) {
        done.tryComplete();
      }
    }

    String line(int inFlight, long cpuNanos, long walBytes) {
      return "| %d | %,.0f | %.1f | %.2f | %.2f | %.1f | %.0f | %d |"
          .formatted(
              inFlight,
              latency.getTotalCount() / seconds,
              counts.perBatch(),
              latency.getValueAtPercentile(50) / 1e6,
              latency.getValueAtPercentile(99) / 1e6,
              latency.getMaxValue() / 1e6,
              cpuNanos / 1e3 / latency.getTotalCount(),
              walBytes >> 20);
    }
  }
}
