package dev.parley.store.embedded;

import dev.parley.store.Reply;
import java.sql.SQLException;
import java.time.Duration;

/// Something waiting to be written, and where the answer goes.
///
/// @param since when it was asked for, in the nanoseconds of [System#nanoTime()]
record Write<R>(Work<R> work, long bytes, Reply<R> reply, long since) implements BoundedQueue.Item {
  /// What a write holds besides its payloads.
  private static final int OWN_BYTES = 256;

  static <R> Write<R> of(Work<R> work, long payloadBytes, Reply<R> reply) {
    return new Write<>(work, payloadBytes + OWN_BYTES, reply, System.nanoTime());
  }

  /// May be performed again, after what it did was undone.
  interface Work<R> {
    R on(Ledger ledger) throws SQLException;
  }

  /// Keeps the result for the time when it is durable.
  void perform(Ledger ledger) throws SQLException {
    reply.succeed(work.on(ledger));
  }

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - since);
  }
}
