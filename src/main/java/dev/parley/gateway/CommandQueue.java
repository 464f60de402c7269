package dev.parley.gateway;

import dev.parley.protocol.Barrier;
import dev.parley.protocol.Command;
import dev.parley.protocol.JsonValue;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The commands of one connection that are not answered yet: they start in the order sent, and one
/// that changes what the next may do (join, leave, auth, resume, watch) lets no later one start
/// before it is answered. Belongs to the session.
final class CommandQueue {
  /// A command with the client's correlation id.
  record Waiting(Command command, JsonValue id) {}

  private @Nullable Deque<Waiting> waiting;
  private int unanswered;
  private boolean barred;

  /// Whether the next command must wait for an earlier one.
  boolean isBarred() {
    return barred;
  }

  void add(Waiting command) {
    Deque<Waiting> queue = waiting == null ? new ArrayDeque<>() : waiting;
    waiting = queue;
    queue.addLast(command);
  }

  /// The next command that may start, if there is one.
  @Nullable Waiting next() {
    if (barred || waiting == null) {
      return null;
    }
    Waiting first = waiting.pollFirst();
    if (waiting.isEmpty()) {
      waiting = null;
    }
    return first;
  }

  void onStarted(Command command) {
    unanswered++;
    barred |= command instanceof Barrier;
  }

  void onAnswered(Command command) {
    unanswered--;
    if (command instanceof Barrier) {
      barred = false;
    }
  }

  /// Bars or frees the queue for something that is no command: the opening.
  void bar(boolean value) {
    barred = value;
  }

  /// Commands that wait or run.
  int size() {
    return unanswered + (waiting == null ? 0 : waiting.size());
  }
}
