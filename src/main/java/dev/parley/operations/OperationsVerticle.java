package dev.parley.operations;

import dev.parley.bus.Addresses;
import dev.parley.bus.MessageBus;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ChatCommand;
import dev.parley.protocol.Command;
import dev.parley.protocol.ConnectionCommand;
import dev.parley.protocol.CustomCommand;
import dev.parley.protocol.JobCommand;
import dev.parley.protocol.MembershipCommand;
import dev.parley.protocol.MetricsCommand;
import dev.parley.protocol.NotificationCommand;
import dev.parley.protocol.OperationsCommand;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.PresenceCommand;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Request;
import dev.parley.protocol.RoomCommand;
import dev.parley.protocol.SessionCommand;
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
    return bus.serve(Addresses.OPERATIONS, this::serve).completion();
  }

  private Future<Outcome> serve(Request request) {
    return switch (request.command()) {
      case OperationsCommand command -> Future.succeededFuture(tell(request.caller(), command));
      case SessionCommand _,
          RoomCommand _,
          ChatCommand _,
          PresenceCommand _,
          MembershipCommand _,
          ConnectionCommand _,
          JobCommand _,
          MetricsCommand _,
          NotificationCommand _,
          CustomCommand _ ->
          throw notOurs(request.command());
    };
  }

  private Outcome tell(Caller caller, OperationsCommand command) {
    if (!caller.isAdmin()) {
      return Rejection.denied("Only administrators may tell this");
    }
    bus.publish(Announcements.of(command, clock.instant()));
    return Reply.DONE;
  }

  private static IllegalArgumentException notOurs(Command command) {
    return new IllegalArgumentException(
        "not for operations: " + command.getClass().getSimpleName());
  }
}
