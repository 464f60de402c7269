package dev.parley.operations;

import dev.parley.bus.Addresses;
import dev.parley.bus.MessageBus;
import dev.parley.protocol.Caller;
import dev.parley.protocol.OperationsCommand;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;

/// Brings what applications tell to those whom it concerns, on all nodes. One per node; keeps
/// nothing.
public final class OperationsVerticle extends VerticleBase {
  private final MessageBus bus;
  private final InstantSource clock;

  public OperationsVerticle(MessageBus bus, InstantSource clock) {
    this.bus = bus;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    return bus.serve(Addresses.OPERATIONS, OperationsCommand.class, this::tell).completion();
  }

  private Future<Outcome> tell(Caller caller, OperationsCommand command) {
    if (!caller.isAdmin()) {
      return Future.succeededFuture(Rejection.denied("Only administrators may tell this"));
    }
    bus.publish(Announcements.of(command, clock.instant()));
    return Future.succeededFuture(Reply.DONE);
  }
}
