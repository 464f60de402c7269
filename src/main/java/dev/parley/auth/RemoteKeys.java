package dev.parley.auth;

import dev.parley.observe.Health;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys that an issuer publishes, kept up to date. All event loops share one.
///
/// A key that is not known makes it ask again, at most once in 30 s: who makes up `kid`s causes no
/// more requests than that. Whoever asks meanwhile waits for the same answer. What was fetched last
/// stays in use until something newer comes.
final class RemoteKeys implements KeySource {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteKeys.class);
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final int MAX_WAITING = 1_024;

  private final Vertx vertx;
  private final URI url;
  private final Duration refresh;
  private final KeySetFetch fetch;
  private final LongSupplier nanoTime;
  private final long timer;
  private final AtomicInteger waiting = new AtomicInteger();

  private volatile KeySet keys = KeySet.EMPTY;
  private volatile boolean failed;

  /// Guarded by this: the fetch under way or the last one, and when it began and succeeded.
  private Future<Void> last = Future.succeededFuture();

  private long begunAt;
  private long succeededAt;

  /// Begins to fetch at once.
  ///
  /// @param refresh after so long keys are fetched anew, though nobody asked for another
  RemoteKeys(Vertx vertx, URI url, Duration refresh, KeySetFetch fetch, LongSupplier nanoTime) {
    this.vertx = vertx;
    this.url = url;
    this.refresh = refresh;
    this.fetch = fetch;
    this.nanoTime = nanoTime;
    begunAt = nanoTime.getAsLong() - PAUSE.toNanos();
    succeededAt = begunAt - refresh.toNanos();
    timer = vertx.setPeriodic(PAUSE.toMillis(), _ -> refreshIfOld());
    refreshIfOld();
  }

  @Override
  public Future<Found> find(Optional<String> keyId) {
    var known = keys.find(keyId);
    if (known.isPresent()) {
      return Future.succeededFuture(new Found.Key(known.get()));
    }
    if (waiting.incrementAndGet() > MAX_WAITING) {
      waiting.decrementAndGet();
      return Future.succeededFuture(new Found.Unreachable());
    }
    return here(refreshed())
        .map(
            _ -> {
              waiting.decrementAndGet();
              return known(keyId);
            });
  }

  private Found known(Optional<String> keyId) {
    return keys.find(keyId)
        .<Found>map(Found.Key::new)
        .orElseGet(() -> failed ? new Found.Unreachable() : new Found.Unknown());
  }

  @Override
  public Health health() {
    if (keys.all().isEmpty()) {
      return new Health.Unhealthy("no keys to check tokens with were fetched yet");
    }
    return failed
        ? new Health.Degraded("the keys to check tokens with could not be fetched anew")
        : Health.HEALTHY;
  }

  @Override
  public Future<Void> close() {
    vertx.cancelTimer(timer);
    return fetch.close();
  }

  private void refreshIfOld() {
    if (failed || nanoTime.getAsLong() - lastSuccess() >= refresh.toNanos()) {
      var _ = refreshed();
    }
  }

  private synchronized long lastSuccess() {
    return succeededAt;
  }

  /// Completes when the keys are as new as the pause allows; never fails.
  private synchronized Future<Void> refreshed() {
    long now = nanoTime.getAsLong();
    if (last.isComplete() && now - begunAt >= PAUSE.toNanos()) {
      begunAt = now;
      last = fetch.fetch().map(this::onKeys).otherwise(this::onFailure);
    }
    return last;
  }

  private synchronized Void onKeys(KeySet fetched) {
    if (failed || keys.all().isEmpty()) {
      LOG.atInfo().addKeyValue("keys", fetched.all().size()).log("Fetched the keys for tokens");
    }
    keys = fetched;
    failed = false;
    succeededAt = nanoTime.getAsLong();
    return null;
  }

  private Void onFailure(Throwable error) {
    LOG.atWarn()
        .addKeyValue("url", url)
        .addKeyValue("error", error.getMessage())
        .log("The keys for tokens could not be fetched");
    failed = true;
    return null;
  }

  /// The same outcome on the caller's context, however many wait on whatever loops.
  private <T> Future<T> here(Future<T> future) {
    Context caller = vertx.getOrCreateContext();
    Promise<T> promise = Promise.promise();
    future.onComplete(result -> caller.runOnContext(_ -> promise.handle(result)));
    return promise.future();
  }
}
