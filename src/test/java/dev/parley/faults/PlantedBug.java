package dev.parley.faults;

import dev.parley.kit.PassingLog;
import dev.parley.protocol.Position;
import dev.parley.protocol.StreamId;
import dev.parley.store.Append;
import dev.parley.store.AppendResult;
import dev.parley.store.EventLog;
import dev.parley.store.Records;
import dev.parley.store.Store;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A bug that a server can be given, so that tests show that they would notice.
public enum PlantedBug {
  NONE(log -> log),

  /// Acknowledges before the store has it.
  HASTY(HastyLog::new),

  /// Stores a message that is sent again a second time.
  FORGETFUL(ForgetfulLog::new),

  /// Does not read the change feed: what the bus lost stays lost.
  DEAF(DeafLog::new),

  /// Believes every position: what the store lost is never told.
  TRUSTING(TrustingLog::new);

  private final UnaryOperator<EventLog> around;

  PlantedBug(UnaryOperator<EventLog> around) {
    this.around = around;
  }

  public Store plant(Store store) {
    return this == NONE ? store : new Bugged(store, around.apply(store.log()));
  }

  private record Bugged(Store store, EventLog log) implements Store {
    @Override
    public Records records() {
      return store.records();
    }

    @Override
    public Future<Void> backup(Path target) {
      return store.backup(target);
    }

    @Override
    public Future<Void> close() {
      return store.close();
    }
  }

  private static final class ForgetfulLog extends PassingLog {
    ForgetfulLog(EventLog log) {
      super(log);
    }

    @Override
    public Future<AppendResult> append(Append append) {
      return log.append(
          new Append(
              append.stream(),
              append.events(),
              Optional.empty(),
              append.expectedSeq(),
              append.puts(),
              append.revisions()));
    }
  }

  private static final class DeafLog extends PassingLog {
    DeafLog(EventLog log) {
      super(log);
    }

    @Override
    public Future<Changes> changes(int partition, long cursor, int limit) {
      return Future.succeededFuture(new Changes(List.of(), cursor, false));
    }
  }

  private static final class TrustingLog extends PassingLog {
    TrustingLog(EventLog log) {
      super(log);
    }

    @Override
    public Future<Check> check(StreamId stream, Position position) {
      return Future.succeededFuture(Check.GOOD);
    }
  }
}
