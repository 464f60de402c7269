package dev.parley.feed;

import dev.parley.observe.Meters;
import dev.parley.protocol.Envelope;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/// Events on their way, for tests of who gets them.
public final class Deliveries {
  private Deliveries() {}

  public static Delivery of(Envelope envelope) {
    return new Delivery(envelope, 1);
  }

  /// All receivers have it.
  public static void finish(Delivery delivery) {
    delivery.onLoopDone(1, new Meters(new SimpleMeterRegistry()));
  }
}
