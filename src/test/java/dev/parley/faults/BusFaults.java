package dev.parley.faults;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryContext;
import java.util.concurrent.ThreadLocalRandom;

/// What can be wrong with the letters that other nodes write to this one: some, or all, are lost,
/// or they come late.
public final class BusFaults {
  private static final String LETTERS = "parley.node.";

  private volatile int lostPercent;
  private volatile int lateMillis;

  public void install(Vertx vertx) {
    vertx.eventBus().addInboundInterceptor(letters(vertx));
  }

  /// `lose <percent>` or `delay <milliseconds>`; what is said last counts.
  public void obey(String command) {
    String[] words = command.split(" ", -1);
    int value = Integer.parseInt(words[1]);
    switch (words[0]) {
      case "lose" -> lostPercent = value;
      case "delay" -> lateMillis = value;
      default -> throw new IllegalArgumentException(command);
    }
  }

  private Handler<DeliveryContext<Object>> letters(Vertx vertx) {
    return letter -> {
      if (!letter.message().address().startsWith(LETTERS)) {
        letter.next();
      } else if (ThreadLocalRandom.current().nextInt(100) >= lostPercent) {
        pass(vertx, letter);
      }
    };
  }

  private void pass(Vertx vertx, DeliveryContext<Object> letter) {
    int late = lateMillis;
    if (late > 0) {
      vertx.setTimer(late, _ -> letter.next());
    } else {
      letter.next();
    }
  }
}
