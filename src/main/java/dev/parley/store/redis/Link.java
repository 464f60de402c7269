package dev.parley.store.redis;

import dev.parley.store.StoreMeters;
import dev.parley.store.StoreUnavailableException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection to Redis that is made anew whenever it is lost, and what is asked over it. What was
/// sent and not answered is sent again, in order.
///
/// ```
/// Connecting --opened--> Open --lost, hung, other life--> Waiting --backoff--> Connecting
///      └-----------------failed------------------------------>┘
/// ```
///
/// Everything but [#ask] and the figures belongs to the event loop of its context.
final class Link {
  private static final Logger LOG = LoggerFactory.getLogger(Link.class);
  private static final Duration TICK = Duration.ofMillis(100);

  private final Vertx vertx;
  private final Context context;
  private final Connector connector;
  private final RedisStoreOptions options;
  private final StoreMeters meters;
  private final Runnable onNewLife;
  private final Intake intake;
  private final Pipeline pipeline;
  private final Answers answers;
  private final Backoff backoff = new Backoff(new SplittableRandom());
  private final Promise<Void> closed = Promise.promise();

  private @Nullable Exchange exchange;
  private String life = "";
  private long timer = -1;
  private boolean closing;
  private volatile boolean open;

  /// @param onNewLife called when a new connection is to another life than the last one was
  Link(
      Vertx vertx,
      Context context,
      Connector connector,
      RedisStoreOptions options,
      StoreMeters meters,
      Runnable onNewLife) {
    this.vertx = vertx;
    this.context = context;
    this.connector = connector;
    this.options = options;
    this.meters = meters;
    this.onNewLife = onNewLife;
    this.intake = new Intake(options.maxQueuedCalls(), options.maxQueuedBytes());
    this.pipeline = new Pipeline(options.redis().inFlight());
    this.answers = new Answers(context, intake, meters, this::endIfDone);
  }

  /// Connects for the first time; fails if that fails.
  ///
  /// @return what it is connected to
  Future<Server> start() {
    Promise<Server> started = Promise.promise();
    context.runOnContext(_ -> connector.open().map(this::onFirstOpened).onComplete(started));
    return started.future();
  }

  /// Completes when what was asked is answered; nothing more is taken in.
  Future<Void> close() {
    intake.close();
    context.runOnContext(_ -> onClose());
    return closed.future();
  }

  /// From any thread. The answer goes to the caller's context.
  <R> Future<R> ask(Call<R> call) {
    return switch (intake.offer(call)) {
      case FIRST -> {
        context.runOnContext(_ -> onOffered());
        yield call.future();
      }
      case ACCEPTED -> call.future();
      case FULL -> refused();
      case CLOSED -> Future.failedFuture(new StoreUnavailableException("the store is closed"));
    };
  }

  boolean isOpen() {
    return open;
  }

  /// Calls that are not answered.
  int size() {
    return intake.size();
  }

  long bytes() {
    return intake.bytes();
  }

  private <R> Future<R> refused() {
    meters.onRefused();
    return Future.failedFuture(new StoreUnavailableException("too many calls wait for Redis"));
  }

  private void onOffered() {
    intake.drain(pipeline::add);
    pump();
  }

  private void pump() {
    if (exchange != null) {
      exchange.pump();
    }
  }

  private Server onFirstOpened(OpenConnection connection) {
    timer = vertx.setPeriodic(TICK.toMillis(), _ -> onTick());
    onOpened(connection);
    return connection.server();
  }

  private void onOpened(OpenConnection connection) {
    if (closed.future().isComplete()) {
      connection.close();
      return;
    }
    backoff.reset();
    boolean other = !life.isEmpty() && !life.equals(connection.life());
    life = connection.life();
    open = true;
    exchange = new Exchange(connection, pipeline, options, this);
    exchange.start();
    if (other) {
      onNewLife.run();
    }
  }

  /// The connection is of no use any more.
  void onLost(Throwable cause) {
    LOG.atWarn().addKeyValue("error", cause).log("The connection to Redis is lost");
    open = false;
    exchange = null;
    pipeline.onConnectionLost();
    reconnectLater();
  }

  private void reconnectLater() {
    vertx.setTimer(backoff.next().toMillis(), _ -> reconnect());
  }

  private void reconnect() {
    if (!closed.future().isComplete()) {
      connector.open().onComplete(this::onReopened, this::onNotReopened);
    }
  }

  private void onReopened(OpenConnection connection) {
    LOG.atInfo().addKeyValue("life", connection.life()).log("Redis answers again");
    onOpened(connection);
  }

  private void onNotReopened(Throwable failure) {
    LOG.atDebug().addKeyValue("error", failure).log("Redis cannot be reached");
    reconnectLater();
  }

  private void onTick() {
    if (exchange != null) {
      exchange.tick();
    }
    pipeline.olderThan(options.retry()).forEach(this::onTooOld);
  }

  private void onTooOld(Call<?> call) {
    call.fail(new StoreUnavailableException("Redis did not answer in time"));
    onAnswered(call);
  }

  /// The call has its outcome.
  void onAnswered(Call<?> call) {
    answers.add(call);
  }

  private void onClose() {
    closing = true;
    endIfDone();
  }

  private void endIfDone() {
    if (!closing || intake.size() > 0 || closed.future().isComplete()) {
      return;
    }
    boolean _ = vertx.cancelTimer(timer);
    if (exchange != null) {
      exchange.end();
    }
    open = false;
    closed.complete();
  }
}
