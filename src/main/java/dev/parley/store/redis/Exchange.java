package dev.parley.store.redis;

import dev.parley.store.StoreUnavailableException;
import dev.parley.store.redis.OpenConnection.LostConnection;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is asked and answered over one open connection, until it is lost. Answers come in the order
/// of the questions. Where a replica is awaited, calls go out in batches: what waits when the last
/// batch is confirmed is the next one, and one `WAIT` confirms all of it. Belongs to its link's
/// event loop.
final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final OpenConnection connection;
  private final Pipeline pipeline;
  private final RedisStoreOptions options;
  private final Link link;
  private long progress = System.nanoTime();
  private long looked = System.nanoTime();
  private int unanswered;
  private boolean over;

  /// Calls of the batch under way, and how many of them are answered.
  private int batch;

  private int batchAnswered;
  private boolean batchWrites;

  Exchange(OpenConnection connection, Pipeline pipeline, RedisStoreOptions options, Link link) {
    this.connection = connection;
    this.pipeline = pipeline;
    this.options = options;
    this.link = link;
  }

  void start() {
    connection.onEnd(this::lose);
    pump();
  }

  /// Nothing is answered from now on.
  void end() {
    over = true;
    connection.close();
  }

  /// Sends what may be sent.
  void pump() {
    if (over || batch > 0) {
      return;
    }
    Optional<Call<?>> next = pipeline.next();
    while (next.isPresent()) {
      send(next.get());
      next = over ? Optional.empty() : pipeline.next();
    }
    if (batchWrites && !over) {
      awaitReplica();
    }
  }

  /// Notices a server that does not answer, or is not what it was.
  void tick() {
    long now = System.nanoTime();
    if (unanswered > 0 && now - progress > options.redis().timeout().toNanos()) {
      lose(new LostConnection("Redis did not answer within " + options.redis().timeout()));
    } else if (now - looked > LOOK.toNanos()) {
      looked = now;
      look();
    }
  }

  private void send(Call<?> call) {
    if (options.awaitsReplica()) {
      batch++;
      batchWrites |= call.writes();
    }
    onAsked();
    connection
        .send(call, options.ahead().get().toMillis())
        .onComplete(
            answer -> onAnswered(() -> call.succeed(answer)), failure -> onFailed(call, failure));
  }

  private void onFailed(Call<?> call, Throwable failure) {
    switch (Fault.of(failure)) {
      case CONNECTION -> lose(failure);
      case UNAVAILABLE ->
          onAnswered(() -> call.fail(new StoreUnavailableException("Redis refuses", failure)));
      case OWN -> onAnswered(() -> onOwnFault(call, failure));
    }
  }

  private static void onOwnFault(Call<?> call, Throwable failure) {
    LOG.atError().setCause(failure).log("A call of Redis failed by its own fault");
    call.fail(new IllegalStateException("a call of Redis failed", failure));
  }

  private void onAnswered(Runnable outcome) {
    if (over) {
      return;
    }
    onProgress();
    outcome.run();
    if (batch == 0) {
      link.onAnswered(pipeline.answered());
    } else if (++batchAnswered == batch && !batchWrites) {
      endBatch();
    }
    pump();
  }

  private void awaitReplica() {
    onAsked();
    connection
        .replicas(options.redis().replicaTimeout().toMillis())
        .onComplete(this::onReplicas, this::lose);
  }

  private void onReplicas(int replicas) {
    if (over) {
      return;
    }
    onProgress();
    if (replicas == 0) {
      pipeline.sent(batch).filter(Call::writes).forEach(Exchange::failUnreplicated);
    }
    endBatch();
    pump();
  }

  private static void failUnreplicated(Call<?> call) {
    call.fail(new StoreUnavailableException("no replica confirmed it in time"));
  }

  private void endBatch() {
    int calls = batch;
    batch = 0;
    batchAnswered = 0;
    batchWrites = false;
    for (int i = 0; i < calls; i++) {
      link.onAnswered(pipeline.answered());
    }
  }

  private void look() {
    onAsked();
    connection.look().onComplete(this::onLook, this::lose);
  }

  private void onLook(Server server) {
    if (over) {
      return;
    }
    onProgress();
    if (!server.isMaster() || !server.life().equals(connection.life())) {
      lose(new LostConnection("Redis has begun another life"));
    }
  }

  private void onAsked() {
    if (unanswered++ == 0) {
      progress = System.nanoTime();
    }
  }

  private void onProgress() {
    unanswered--;
    progress = System.nanoTime();
  }

  private void lose(Throwable cause) {
    if (!over) {
      end();
      link.onLost(cause);
    }
  }
}
