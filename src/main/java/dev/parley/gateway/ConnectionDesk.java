package dev.parley.gateway;

import dev.parley.feed.Hub;
import dev.parley.protocol.ChatCommand;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Command;
import dev.parley.protocol.ConnectionCommand;
import dev.parley.protocol.ConnectionCommand.Count;
import dev.parley.protocol.ConnectionCommand.Disconnect;
import dev.parley.protocol.ConnectionCommand.SendTo;
import dev.parley.protocol.CustomCommand;
import dev.parley.protocol.CustomMessage;
import dev.parley.protocol.MembershipCommand;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.PresenceCommand;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Request;
import dev.parley.protocol.RoomCommand;
import dev.parley.protocol.SessionCommand;
import io.vertx.core.Future;

/// Does what verticles and administrators ask about this node's connections.
final class ConnectionDesk {
  private final Hub hub;

  ConnectionDesk(Hub hub) {
    this.hub = hub;
  }

  Future<Outcome> serve(Request request) {
    return switch (request.command()) {
      case ConnectionCommand command -> serve(command);
      case SessionCommand _,
          RoomCommand _,
          ChatCommand _,
          PresenceCommand _,
          MembershipCommand _,
          CustomCommand _ ->
          throw notOurs(request.command());
    };
  }

  private Future<Outcome> serve(ConnectionCommand command) {
    return switch (command) {
      case SendTo send ->
          hub.send(send.recipients(), new CustomMessage(send.message())).map(Reply.Delivered::new);
      case Count(var recipients) -> hub.count(recipients).map(Reply.Delivered::new);
      case Disconnect(var connection) ->
          hub.disconnect(connection, CloseCode.FORCED).map(Reply.Delivered::new);
    };
  }

  private static IllegalArgumentException notOurs(Command command) {
    return new IllegalArgumentException(
        "not about connections: " + command.getClass().getSimpleName());
  }
}
