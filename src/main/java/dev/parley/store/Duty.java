package dev.parley.store;

import dev.parley.protocol.StreamId;
import dev.parley.store.Records.PutResult;
import dev.parley.store.Records.StoredRecord;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Something that one at a time does, of all that share a store: whoever has it renews it; when its
/// time ran out without that, another takes it.
///
/// Whoever does the work asks [#isHeld] before each part of it. Between that question and its
/// effect a process may stand still for long, and a store that lost writes may let two have a duty
/// for a second: the work must bear being done twice, or carry its [#term]. Any thread may call.
public final class Duty {
  private static final Logger LOG = LoggerFactory.getLogger(Duty.class);
  private static final String KEY = "holder";
  private static final int LOOKS_A_LENGTH = 3;

  private final Vertx vertx;
  private final Records records;
  private final String name;
  private final StreamId scope;
  private final Tenure tenure;
  private final long timer;
  private Future<Void> looking = Future.succeededFuture();
  private boolean had;
  private boolean closed;

  private Duty(Vertx vertx, Records records, String name, String self, Duration length) {
    this.vertx = vertx;
    this.records = records;
    this.name = name;
    this.scope = new StreamId("duty:" + name);
    this.tenure = new Tenure(self, length);
    this.timer = vertx.setPeriodic(0, length.toMillis() / LOOKS_A_LENGTH, _ -> lookAfter());
  }

  /// Becomes a candidate.
  ///
  /// @param name of the duty
  /// @param self names this run of this process; not empty
  /// @param length after which another takes over from who is gone, and a third more; it should be
  ///   several times what a call of the store may take
  public static Duty seek(Vertx vertx, Records records, String name, String self, Duration length) {
    return new Duty(vertx, records, name, self, length);
  }

  /// Whether it is this one's, now.
  public synchronized boolean isHeld() {
    return tenure.isHeld(System.nanoTime());
  }

  /// While it is this one's: a number that is larger than all that others had before.
  public synchronized OptionalLong term() {
    return tenure.term(System.nanoTime());
  }

  /// The store began another life and may have forgotten whose it is: nobody has it before a whole
  /// length has passed.
  public synchronized void startOver() {
    tenure.startOver();
    noteChange();
  }

  /// Gives it up at once. The others need not wait until its time runs out, but where a renewal is
  /// under way.
  public synchronized Future<Void> close() {
    boolean _ = vertx.cancelTimer(timer);
    closed = true;
    Optional<Tenure.Step.Write> last = tenure.giveUp(System.nanoTime());
    noteChange();
    return last.filter(_ -> looking.isComplete())
        .map(write -> put(write).<Void>mapEmpty().otherwiseEmpty())
        .orElseGet(Future::succeededFuture);
  }

  private synchronized void lookAfter() {
    if (!closed && looking.isComplete()) {
      Tenure.Step step = tenure.next(System.nanoTime());
      noteChange();
      looking =
          switch (step) {
            case Tenure.Step.Look() -> records.get(scope, KEY).compose(this::onSeen);
            case Tenure.Step.Write write -> write(write);
          };
      looking =
          looking.onFailure(
              failure ->
                  LOG.atDebug()
                      .addKeyValue("duty", name)
                      .addKeyValue("error", failure.getMessage())
                      .log("A duty could not be looked after"));
    }
  }

  private synchronized Future<Void> onSeen(Optional<StoredRecord> record) {
    return write(tenure.onSeen(record, System.nanoTime()));
  }

  private Future<Void> write(Optional<Tenure.Step.Write> write) {
    return write.map(this::write).orElseGet(Future::succeededFuture);
  }

  private Future<Void> write(Tenure.Step.Write write) {
    long sentAt = System.nanoTime();
    return put(write).compose(result -> onPut(write, sentAt, result));
  }

  private Future<PutResult> put(Tenure.Step.Write write) {
    return records.put(
        scope,
        KEY,
        write.holder().toBytes(),
        OptionalLong.of(write.expectedVersion()),
        Optional.empty());
  }

  private synchronized Future<Void> onPut(Tenure.Step.Write write, long sentAt, PutResult result) {
    Optional<Tenure.Step.Write> again =
        switch (result) {
          case PutResult.Written(long version) -> {
            tenure.onWritten(write, version, sentAt);
            yield Optional.empty();
          }
          case PutResult.Stale(var current) -> tenure.onStale(write, current, System.nanoTime());
        };
    noteChange();
    return write(again);
  }

  private void noteChange() {
    boolean has = isHeld();
    if (has != had) {
      had = has;
      LOG.atInfo()
          .addKeyValue("duty", name)
          .log(has ? "A duty is this node's now" : "A duty is this node's no longer");
    }
  }
}
