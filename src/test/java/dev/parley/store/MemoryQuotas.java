package dev.parley.store;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// What the quotas of a store promise, in the fewest words; time passes as it is told.
public final class MemoryQuotas implements Quotas {
  private static final long MAX_SLACK_MILLIS = 200;

  private final Map<String, Window> windows = new HashMap<>();
  private long nowMillis;

  private static final class Window {
    final String asker;
    final long number;
    final long endsAt;
    int used;

    Window(String asker, long number, long endsAt) {
      this.asker = asker;
      this.number = number;
      this.endsAt = endsAt;
    }

    boolean isOf(Question question) {
      return asker.equals(question.asker()) && number == question.window();
    }
  }

  public void pass(Duration time) {
    nowMillis += time.toMillis();
  }

  /// The places taken in a window.
  public int used(String key) {
    return windows.containsKey(key) ? windows.get(key).used : 0;
  }

  @Override
  public Future<Lease> lease(Question question) {
    Window window = windows.get(question.key());
    if (window == null || isOver(window, question)) {
      long endsAt = nowMillis - question.age().toMillis() + question.length().toMillis();
      if (endsAt <= nowMillis) {
        return Future.succeededFuture(new Lease(question.wanted(), Duration.ZERO, true));
      }
      window = new Window(question.asker(), question.window(), endsAt);
      windows.put(question.key(), window);
    }
    window.used += question.spent();
    int granted = Math.max(0, Math.min(question.wanted(), question.limit() - window.used));
    window.used += granted;
    Duration remaining = Duration.ofMillis(window.endsAt - nowMillis);
    return Future.succeededFuture(new Lease(granted, remaining, window.isOf(question)));
  }

  private boolean isOver(Window window, Question question) {
    long slack = Math.min(MAX_SLACK_MILLIS, question.length().toMillis() / 10);
    return window.endsAt <= nowMillis
        || (!window.isOf(question)
            && (window.asker.equals(question.asker())
                || window.endsAt <= nowMillis - question.age().toMillis() + slack));
  }
}
