package dev.parley.faults;

import dev.parley.kit.PassingLog;
import dev.parley.protocol.Position;
import dev.parley.protocol.StreamId;
import dev.parley.store.Append;
import dev.parley.store.AppendResult;
import dev.parley.store.EventLog;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/// A bug that a server can be given, so that tests show that they would notice.
public enum PlantedBug {
  NONE,

  /// Acknowledges before the store has it.
  HASTY,

  /// Stores a message that is sent again a second time.
  FORGETFUL,

  /// Does not read the change feed: what the bus lost stays lost.
  DEAF,

  /// Believes every position: what the store lost is never told.
  TRUSTING,

  /// Takes all of a stream for received when some of it was ([CredulousRecords]).
  CREDULOUS;

  EventLog plant(EventLog log) {
    return switch (this) {
      case NONE, CREDULOUS -> log;
      case HASTY -> new HastyLog(log);
      case FORGETFUL -> new Forgetful(log);
      case DEAF -> new Deaf(log);
      case TRUSTING -> new Trusting(log);
    };
  }

  private abstract static class Around extends PassingLog {
    private final EventLog log;

    Around(EventLog log) {
      this.log = log;
    }

    @Override
    protected EventLog log() {
      return log;
    }
  }

  private static final class Forgetful extends Around {
    Forgetful(EventLog log) {
      super(log);
    }

    @Override
    public Future<AppendResult> append(Append append) {
      return log()
          .append(
              new Append(
                  append.stream(),
                  append.events(),
                  Optional.empty(),
                  append.expectedSeq(),
                  append.puts(),
                  append.revisions()));
    }
  }

  private static final class Deaf extends Around {
    Deaf(EventLog log) {
      super(log);
    }

    @Override
    public Future<Changes> changes(int partition, long cursor, int limit) {
      return Future.succeededFuture(new Changes(List.of(), cursor, false));
    }
  }

  private static final class Trusting extends Around {
    Trusting(EventLog log) {
      super(log);
    }

    @Override
    public Future<Check> check(StreamId stream, Position position) {
      return Future.succeededFuture(Check.GOOD);
    }
  }
}
