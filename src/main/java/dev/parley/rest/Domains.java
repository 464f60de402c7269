package dev.parley.rest;

import dev.parley.bus.Addresses;
import dev.parley.bus.MessageBus;
import dev.parley.protocol.AccessCommand;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ChatCommand;
import dev.parley.protocol.Command;
import dev.parley.protocol.ConnectionCommand;
import dev.parley.protocol.InboxCommand.SendDirect;
import dev.parley.protocol.JobCommand;
import dev.parley.protocol.JobId;
import dev.parley.protocol.MembershipCommand.EnterRoom;
import dev.parley.protocol.MembershipCommand.Purpose;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.NotificationCommand;
import dev.parley.protocol.OperationsCommand;
import dev.parley.protocol.PresenceCommand;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Request;
import dev.parley.protocol.RoomCommand;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import io.vertx.core.Future;

/// The domains of this node, asked for callers. Futures fail with `RejectedException` if they
/// refuse.
///
/// @param node the one that this is
record Domains(MessageBus bus, NodeId node) {
  /// Sees to it that a room exists and that the caller may enter it.
  Future<Void> ensureMayUse(Caller caller, RoomName room) {
    return ask(roomsOf(room), caller, new EnterRoom(room, Purpose.USE), Reply.Entered.class)
        .mapEmpty();
  }

  /// About one room.
  <T extends Reply> Future<T> room(Caller caller, RoomName room, Command command, Class<T> reply) {
    return ask(roomsOf(room), caller, command, reply);
  }

  /// About the caller's rooms; any shard knows them.
  <T extends Reply> Future<T> rooms(Caller caller, RoomCommand command, Class<T> reply) {
    return ask(Addresses.rooms(shardOf(caller.user())), caller, command, reply);
  }

  <T extends Reply> Future<T> chat(Caller caller, ChatCommand command, Class<T> reply) {
    return ask(Addresses.chat(bus.shards().of(command.room())), caller, command, reply);
  }

  <T extends Reply> Future<T> presence(Caller caller, PresenceCommand command, Class<T> reply) {
    return ask(Addresses.presence(shardOf(caller.user())), caller, command, reply);
  }

  <T extends Reply> Future<T> connections(ConnectionCommand command, Class<T> reply) {
    return ask(Addresses.connections(node), Caller.SERVER, command, reply);
  }

  Future<Reply.Done> access(Caller caller, AccessCommand command) {
    return ask(Addresses.ACCESS, caller, command, Reply.Done.class);
  }

  /// @return to how many connections it went
  Future<Integer> inbox(SendDirect command) {
    String address = Addresses.inbox(shardOf(command.user()));
    return ask(address, Caller.SERVER, command, Reply.Delivered.class).map(Reply.Delivered::count);
  }

  /// @param user whose notifications it is about
  <T extends Reply> Future<T> notifications(
      Caller caller, UserId user, NotificationCommand command, Class<T> reply) {
    return ask(Addresses.notifications(shardOf(user)), caller, command, reply);
  }

  Future<Reply.Done> operations(Caller caller, OperationsCommand command) {
    return ask(Addresses.OPERATIONS, caller, command, Reply.Done.class);
  }

  <T extends Reply> Future<T> job(Caller caller, JobId job, JobCommand command, Class<T> reply) {
    return ask(Addresses.jobs(bus.shards().of(job)), caller, command, reply);
  }

  /// Any shard knows all jobs.
  <T extends Reply> Future<T> jobs(Caller caller, JobCommand command, Class<T> reply) {
    return ask(Addresses.jobs(shardOf(caller.user())), caller, command, reply);
  }

  private <T extends Reply> Future<T> ask(
      String address, Caller caller, Command command, Class<T> reply) {
    return bus.call(address, new Request(caller, command), reply);
  }

  private String roomsOf(RoomName room) {
    return Addresses.rooms(bus.shards().of(room));
  }

  private int shardOf(UserId user) {
    return bus.shards().of(user);
  }
}
