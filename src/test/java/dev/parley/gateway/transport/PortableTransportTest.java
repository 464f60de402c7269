package dev.parley.gateway.transport;

import io.vertx.core.Vertx;

final class PortableTransportTest extends TransportContract {
  @Override
  Upgrader upgrader(Vertx vertx) {
    return Upgrader.portable(vertx);
  }
}
