package dev.parley.faults;

import dev.parley.kit.PassingLog;
import dev.parley.protocol.Position;
import dev.parley.protocol.Stamp;
import dev.parley.protocol.StreamId;
import dev.parley.store.Append;
import dev.parley.store.AppendResult;
import dev.parley.store.AppendResult.Appended;
import dev.parley.store.EventLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Acknowledges appends at once and stores them a moment later, as if nobody could be killed
/// between.
final class HastyLog extends PassingLog {
  /// Long against the time a client needs to notice, so that every kill under load loses something.
  private static final long DELAY_MILLIS = 250;

  private final EventLog log;
  private final Map<StreamId, Stamp> last = new ConcurrentHashMap<>();

  HastyLog(EventLog log) {
    this.log = log;
  }

  @Override
  protected EventLog log() {
    return log;
  }

  @Override
  public Future<AppendResult> append(Append append) {
    Stamp known = last.get(append.stream());
    if (known == null || append.events().size() > 1 || !append.events().getFirst().counted()) {
      return log.append(append).onSuccess(result -> learn(append.stream(), result));
    }
    Position position = new Position(known.position().epoch(), known.seq() + 1);
    Stamp next = new Stamp(position, known.position().epoch(), known.number() + 1);
    last.put(append.stream(), next);
    Vertx.currentContext().owner().setTimer(DELAY_MILLIS, _ -> log.append(append));
    return Future.succeededFuture(new Appended(List.of(next), false));
  }

  private void learn(StreamId stream, AppendResult result) {
    if (result instanceof Appended appended) {
      last.put(stream, appended.last());
    }
  }
}
