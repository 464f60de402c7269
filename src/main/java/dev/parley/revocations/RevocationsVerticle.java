package dev.parley.revocations;

import dev.parley.auth.Revocations;
import dev.parley.bus.Addresses;
import dev.parley.bus.MessageBus;
import dev.parley.protocol.AccessCommand;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.StreamId;
import dev.parley.revocations.RevocationLog.Notices;
import dev.parley.store.Store;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes rights back, on this node and on the others. One per node; all of it runs on one event
/// loop.
///
/// A node learns what another decided from the store: at once when that one tells it to look,
/// within the second when the change feed says so, and in any case when it reads everything again.
public final class RevocationsVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(RevocationsVerticle.class);
  private static final Duration READ_ALL_EVERY = Duration.ofMinutes(1);

  /// More are not kept, since every node knows them all.
  private static final int MAX_KEPT = 100_000;

  private final MessageBus bus;
  private final RevocationLog log;
  private final Revocations known;
  private final Sessions sessions;
  private final Others others;
  private long cursor;
  private Future<Void> reading = Future.succeededFuture();

  /// Looks at everybody who is connected here.
  @FunctionalInterface
  public interface Sessions {
    void review();
  }

  /// The other nodes.
  public interface Others {
    /// Where there are none.
    Others NONE =
        new Others() {
          @Override
          public void tellToLook() {}

          @Override
          public void onToldToLook(Runnable look) {}
        };

    void tellToLook();

    /// @param look called on any thread
    void onToldToLook(Runnable look);
  }

  /// @param known what this node knows, for whoever checks tokens
  public RevocationsVerticle(
      MessageBus bus, Store store, Revocations known, Sessions sessions, Others others) {
    this.bus = bus;
    this.log = new RevocationLog(store);
    this.known = known;
    this.sessions = sessions;
    this.others = others;
  }

  /// The stream that the change feed has news of.
  public static StreamId stream() {
    return RevocationLog.STREAM;
  }

  /// Fails if what was decided earlier cannot be read.
  @Override
  public Future<?> start() {
    others.onToldToLook(this::look);
    vertx.setPeriodic(READ_ALL_EVERY.toMillis(), _ -> readAll());
    return log.head()
        .onSuccess(head -> cursor = head)
        .compose(_ -> log.all())
        .onSuccess(known::replace)
        .compose(_ -> bus.serve(Addresses.ACCESS, AccessCommand.class, this::serve).completion());
  }

  /// The store has more; any thread may call it.
  public void look() {
    context.runOnContext(
        _ -> {
          Future<Void> _ = readNew();
        });
  }

  private Future<Outcome> serve(Caller caller, AccessCommand command) {
    if (!caller.isAdmin()) {
      return Future.succeededFuture(Rejection.denied("Only administrators take rights back"));
    }
    if (known.size() >= MAX_KEPT && !(command instanceof AccessCommand.UnblockUser)) {
      return Future.succeededFuture(
          Rejection.of(ErrorCode.CONFLICT, "More than " + MAX_KEPT + " revocations are kept"));
    }
    return log.keep(command).compose(_ -> onKept(command));
  }

  /// Takes it in at its place among what others decide.
  private Future<Outcome> onKept(AccessCommand command) {
    others.tellToLook();
    LOG.atInfo()
        .addKeyValue("command", command.getClass().getSimpleName())
        .log("rights were changed");
    return readNew()
        .onFailure(_ -> take(List.of(command)))
        .transform(_ -> Future.succeededFuture(Reply.DONE));
  }

  private void take(List<AccessCommand> decided) {
    if (!decided.isEmpty()) {
      decided.forEach(known::apply);
      sessions.review();
    }
  }

  /// One after the other, so that what is read is taken in as it was decided.
  private Future<Void> readNew() {
    reading = reading.transform(_ -> readRest());
    return reading;
  }

  private Future<Void> readRest() {
    return log.after(cursor).compose(this::onNotices);
  }

  private Future<Void> onNotices(Notices notices) {
    if (!notices.complete()) {
      cursor = notices.upTo();
      return replaceAll(cursor);
    }
    cursor = notices.upTo();
    take(notices.decided());
    return notices.decided().isEmpty() ? Future.succeededFuture() : readRest();
  }

  private void readAll() {
    reading = reading.transform(_ -> replaceAll(cursor));
    Future<Void> _ =
        reading.onFailure(
            failure -> LOG.debug("revocations cannot be read now: {}", failure.getMessage()));
  }

  /// What is decided meanwhile is read from the notices after it.
  private Future<Void> replaceAll(long before) {
    return log.all()
        .compose(
            all -> {
              known.replace(all);
              cursor = before;
              sessions.review();
              return readRest();
            });
  }
}
