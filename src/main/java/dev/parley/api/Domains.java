package dev.parley.api;

import dev.parley.bus.Addresses;
import dev.parley.bus.MessageBus;
import dev.parley.protocol.AccessCommand;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ChatCommand;
import dev.parley.protocol.Command;
import dev.parley.protocol.ConnectionCommand;
import dev.parley.protocol.InboxCommand.SendDirect;
import dev.parley.protocol.JobCommand.ListJobs;
import dev.parley.protocol.JobCommand.UpdateJob;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.Notification;
import dev.parley.protocol.Notification.Addressee;
import dev.parley.protocol.NotificationCommand.CreateNotification;
import dev.parley.protocol.OperationsCommand;
import dev.parley.protocol.PresenceCommand;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Request;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import io.vertx.core.Future;

/// The domains of this node, asked for verticles: in the server's own name, chat in its sender's.
/// Futures fail with `RejectedException` if they refuse.
record Domains(MessageBus bus, NodeId node) {
  /// @return how many connections it was about
  Future<Integer> connections(ConnectionCommand command) {
    return bus.call(Addresses.connections(node), asServer(command), Reply.Delivered.class)
        .map(Reply.Delivered::count);
  }

  /// @return to how many connections it went
  Future<Integer> inbox(SendDirect command) {
    String address = Addresses.inbox(bus.shards().of(command.user()));
    return bus.call(address, asServer(command), Reply.Delivered.class).map(Reply.Delivered::count);
  }

  Future<Reply.Done> access(AccessCommand command) {
    return bus.call(Addresses.ACCESS, asServer(command), Reply.Done.class);
  }

  <T extends Reply> Future<T> room(RoomName room, Command command, Class<T> reply) {
    return bus.call(Addresses.rooms(bus.shards().of(room)), asServer(command), reply);
  }

  <T extends Reply> Future<T> chat(Caller sender, ChatCommand command, Class<T> reply) {
    String address = Addresses.chat(bus.shards().of(command.room()));
    return bus.call(address, new Request(sender, command), reply);
  }

  /// What is for several users may go to any shard.
  Future<Reply.NotificationKept> notification(Notification draft) {
    UserId whose =
        draft.addressee() instanceof Addressee.ToUser(var user) ? user : Caller.SERVER.user();
    String address = Addresses.notifications(bus.shards().of(whose));
    return bus.call(address, asServer(new CreateNotification(draft)), Reply.NotificationKept.class);
  }

  /// Any shard knows all users.
  <T extends Reply> Future<T> presence(PresenceCommand command, Class<T> reply) {
    String address = Addresses.presence(bus.shards().of(Caller.SERVER.user()));
    return bus.call(address, asServer(command), reply);
  }

  <T extends Reply> Future<T> job(UpdateJob command, Class<T> reply) {
    String address = Addresses.jobs(bus.shards().of(command.update().id()));
    return bus.call(address, asServer(command), reply);
  }

  /// Any shard knows all jobs.
  <T extends Reply> Future<T> jobs(ListJobs command, Class<T> reply) {
    String address = Addresses.jobs(bus.shards().of(Caller.SERVER.user()));
    return bus.call(address, asServer(command), reply);
  }

  Future<Reply.Done> operations(OperationsCommand command) {
    return bus.call(Addresses.OPERATIONS, asServer(command), Reply.Done.class);
  }

  private static Request asServer(Command command) {
    return new Request(Caller.SERVER, command);
  }
}
