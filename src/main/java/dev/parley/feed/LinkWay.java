package dev.parley.feed;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;

/// What a [Link] needs to reach its node. Any thread may call.
interface LinkWay {
  /// Letters arrive in the order sent, or not at all.
  ///
  /// @return completes when it is on the wire or cannot get there; may never
  Future<Void> send(Buffer letter);

  /// Runs it in a later turn of the loop from which letters leave, in the order given.
  void soon(Runnable task);

  /// Runs it there after a time; called there.
  void later(Duration delay, Runnable task);

  /// As of `System.nanoTime()`.
  long nanoTime();
}
