package dev.parley.gateway.transport;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("listens to the log of the process")
final class PortableTransportTest extends TransportContract {
  @Override
  Upgrader upgrader(Vertx vertx) {
    return Upgrader.portable(vertx);
  }
}
