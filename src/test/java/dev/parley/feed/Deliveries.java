package dev.parley.feed;

import dev.parley.protocol.Envelope;

/// Events on their way, for tests of who gets them.
public final class Deliveries {
  private Deliveries() {}

  public static Delivery of(Envelope envelope) {
    return new Delivery(envelope, 1);
  }
}
