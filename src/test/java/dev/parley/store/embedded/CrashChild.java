package dev.parley.store.embedded;

import static dev.parley.store.Await.await;
import static dev.parley.store.Samples.bytes;
import static dev.parley.store.Samples.key;
import static dev.parley.store.Samples.messages;
import static dev.parley.store.Samples.stream;

import dev.parley.kit.Starter;
import dev.parley.protocol.Stamp;
import dev.parley.store.Append.RecordPut;
import dev.parley.store.AppendResult;
import dev.parley.store.AppendResult.Appended;
import dev.parley.store.StoreMeters;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/// The process that is killed: appends the numbers 1, 2, 3… to each of its streams, always some at
/// once, each under its own key, and prints what is acknowledged. It begins where the one who
/// starts it has seen the acknowledgements end, so what was stored unseen is sent again.
final class CrashChild {
  static final int STREAMS = 8;
  static final String LATE = "late";

  private static final int IN_FLIGHT = 12;

  private final EmbeddedStore store;

  private CrashChild(EmbeddedStore store) {
    this.store = store;
  }

  /// @param arguments the directory; whether commits are `late`; the first number of each stream
  public static void main(String[] arguments) throws Exception {
    var directory = Path.of(arguments[0]);
    var database =
        arguments[1].equals(LATE) ? new LateDatabase(directory) : new Database(directory);
    var vertx = Vertx.vertx();
    var opening = EmbeddedStore.open(vertx, database, Options.in(directory), StoreMeters.NONE);
    switch (await(opening)) {
      case OpenResult.Opened(EmbeddedStore store) -> {
        var child = new CrashChild(store);
        vertx.runOnContext(_ -> child.run(arguments));
      }
      case OpenResult.Refused(String line) -> throw new AssertionError(line);
    }
    Starter.outliveNot();
  }

  /// On one event loop, so that the appends of a stream are made in order.
  private void run(String[] arguments) {
    for (int stream = 0; stream < STREAMS; stream++) {
      long first = Long.parseLong(arguments[2 + stream]);
      for (int i = 0; i < IN_FLIGHT; i++) {
        append(stream, first + i);
      }
    }
  }

  private void append(int stream, long number) {
    String text = Long.toString(number);
    var append =
        messages(stream("s" + stream), text)
            .withKey(key(text))
            .withPuts(List.of(RecordPut.of("newest", bytes(text))));
    store
        .log()
        .append(append)
        .onComplete(
            result -> onAcknowledged(stream, number, result),
            failure -> System.err.println("not stored: " + failure));
  }

  private void onAcknowledged(int stream, long number, AppendResult result) {
    Stamp stamp = ((Appended) result).last();
    System.out.println(new Acknowledgement(stream, number, stamp.position()).toLine());
    append(stream, number + IN_FLIGHT);
  }

  /// The planted bug: acknowledges batches before they are committed, which is done for some of
  /// them together when the next one begins.
  private static final class LateDatabase extends Database {
    private static final int BATCHES_A_COMMIT = 8;

    LateDatabase(Path directory) {
      super(directory);
    }

    @Override
    Statements statementsOfWriter() throws SQLException {
      return new Statements(openWriter()) {
        private int open;

        @Override
        void begin() throws SQLException {
          if (open == BATCHES_A_COMMIT) {
            super.commit();
            open = 0;
          }
          if (open == 0) {
            super.begin();
          }
          open++;
        }

        @Override
        void commit() {}
      };
    }
  }
}
