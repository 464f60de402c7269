package dev.parley.inbox;

import dev.parley.bus.Addresses;
import dev.parley.bus.MessageBus;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ConnectionCommand.Deliver;
import dev.parley.protocol.CustomMessage;
import dev.parley.protocol.InboxCommand.SendDirect;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Request;
import dev.parley.protocol.Stamp;
import dev.parley.protocol.StreamId;
import dev.parley.store.Append;
import dev.parley.store.Append.NewEvent;
import dev.parley.store.AppendResult;
import dev.parley.store.EventLog;
import io.vertx.core.Future;
import java.time.InstantSource;

/// Messages of applications for one user: kept first, then written to whoever is there.
final class DirectMessages {
  private final MessageBus bus;
  private final NodeId node;
  private final EventLog log;
  private final InstantSource clock;

  DirectMessages(MessageBus bus, NodeId node, EventLog log, InstantSource clock) {
    this.bus = bus;
    this.node = node;
    this.log = log;
    this.clock = clock;
  }

  /// @return [Reply.Delivered]
  Future<Outcome> send(SendDirect command) {
    byte[] payload = InboxEvents.encode(new CustomMessage(command.message()), clock.instant());
    StreamId inbox = StreamId.of(command.user());
    return log.append(Append.of(inbox, new NewEvent(payload, false)))
        .map(DirectMessages::stampOf)
        .compose(stamp -> deliver(command, stamp));
  }

  private Future<Outcome> deliver(SendDirect command, Stamp stamp) {
    Deliver delivery = new Deliver(command.user(), command.message(), stamp);
    return bus.request(Addresses.connections(node), new Request(Caller.SERVER, delivery))
        .map(outcome -> outcome instanceof Reply.Delivered ? outcome : new Reply.Delivered(0));
  }

  private static Stamp stampOf(AppendResult result) {
    return switch (result) {
      case AppendResult.Appended appended -> appended.last();
      case AppendResult.Behind _, AppendResult.Stale _ ->
          throw new IllegalStateException("an append without conditions was refused");
    };
  }
}
