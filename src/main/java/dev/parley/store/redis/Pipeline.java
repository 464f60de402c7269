package dev.parley.store.redis;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Calls in the order made: those that wait, and those that were sent and are not answered. After a
/// lost connection the sent ones wait again, before the others. Belongs to its link's event loop.
final class Pipeline {
  private final int window;
  private final ArrayDeque<Call<?>> waiting = new ArrayDeque<>();
  private final ArrayDeque<Call<?>> sent = new ArrayDeque<>();

  /// @param window how many may be sent and not answered
  Pipeline(int window) {
    this.window = window;
  }

  void add(Call<?> call) {
    waiting.add(call);
  }

  /// The next one to be sent, which it is from then on.
  Optional<Call<?>> next() {
    while (!waiting.isEmpty() && sent.size() < window) {
      Call<?> call = waiting.remove();
      if (!call.isOver()) {
        sent.add(call);
        return Optional.of(call);
      }
    }
    return Optional.empty();
  }

  /// The oldest sent one is answered.
  Call<?> answered() {
    return sent.remove();
  }

  /// The oldest sent ones.
  Stream<Call<?>> sent(int number) {
    return sent.stream().limit(number);
  }

  /// None of the sent ones will be answered.
  void onConnectionLost() {
    while (!sent.isEmpty()) {
      waiting.addFirst(sent.removeLast());
    }
  }

  /// Calls that are older than `limit`; those sent remain, for their answers may still come.
  List<Call<?>> olderThan(Duration limit) {
    var old = new ArrayList<Call<?>>();
    sent.stream().filter(call -> isOld(call, limit)).forEach(old::add);
    while (!waiting.isEmpty() && waiting.peek().age().compareTo(limit) > 0) {
      Call<?> call = waiting.remove();
      if (!call.isOver()) {
        old.add(call);
      }
    }
    return old;
  }

  private static boolean isOld(Call<?> call, Duration limit) {
    return !call.isOver() && call.age().compareTo(limit) > 0;
  }
}
