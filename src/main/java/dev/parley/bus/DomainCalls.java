package dev.parley.bus;

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
import dev.parley.protocol.Notification;
import dev.parley.protocol.Notification.Addressee;
import dev.parley.protocol.NotificationCommand;
import dev.parley.protocol.NotificationCommand.CreateNotification;
import dev.parley.protocol.OperationsCommand;
import dev.parley.protocol.PresenceCommand;
import dev.parley.protocol.RejectedException;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Reply.NotificationKept;
import dev.parley.protocol.Request;
import dev.parley.protocol.RoomCommand;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import io.vertx.core.Future;

/// The domains of this node, asked in somebody's name: each method knows at which address its
/// domain serves what it is about. Futures fail with [RejectedException] if the domain refuses.
///
/// @param node the one that this is
public record DomainCalls(MessageBus bus, NodeId node) {
  /// Sees to it that a room exists and that the caller may enter it.
  public Future<Void> ensureMayUse(Caller caller, RoomName room) {
    return ask(roomsOf(room), caller, new EnterRoom(room, Purpose.USE), Reply.Entered.class)
        .mapEmpty();
  }

  /// About one room.
  public <T extends Reply> Future<T> room(
      Caller caller, RoomName room, Command command, Class<T> reply) {
    return ask(roomsOf(room), caller, command, reply);
  }

  /// About the caller's rooms; any shard knows them.
  public <T extends Reply> Future<T> rooms(Caller caller, RoomCommand command, Class<T> reply) {
    return ask(Addresses.rooms(shardOf(caller.user())), caller, command, reply);
  }

  public <T extends Reply> Future<T> chat(Caller caller, ChatCommand command, Class<T> reply) {
    return ask(Addresses.chat(bus.shards().of(command.room())), caller, command, reply);
  }

  public <T extends Reply> Future<T> presence(
      Caller caller, PresenceCommand command, Class<T> reply) {
    return ask(Addresses.presence(shardOf(caller.user())), caller, command, reply);
  }

  public <T extends Reply> Future<T> connections(ConnectionCommand command, Class<T> reply) {
    return ask(Addresses.connections(node), Caller.SERVER, command, reply);
  }

  /// @return how many connections it was about
  public Future<Integer> reach(ConnectionCommand command) {
    return connections(command, Reply.Delivered.class).map(Reply.Delivered::count);
  }

  public Future<Reply.Done> access(Caller caller, AccessCommand command) {
    return ask(Addresses.ACCESS, caller, command, Reply.Done.class);
  }

  /// @return to how many connections it went
  public Future<Integer> inbox(SendDirect command) {
    String address = Addresses.inbox(shardOf(command.user()));
    return ask(address, Caller.SERVER, command, Reply.Delivered.class).map(Reply.Delivered::count);
  }

  /// @param user whose notifications it is about
  public <T extends Reply> Future<T> notifications(
      Caller caller, UserId user, NotificationCommand command, Class<T> reply) {
    return ask(Addresses.notifications(shardOf(user)), caller, command, reply);
  }

  /// Keeps a notification and has it told. What is for several users may go to any shard.
  public Future<NotificationKept> notify(Caller caller, Notification draft) {
    UserId whose = draft.addressee() instanceof Addressee.ToUser(var user) ? user : caller.user();
    return notifications(caller, whose, new CreateNotification(draft), NotificationKept.class);
  }

  public Future<Reply.Done> operations(Caller caller, OperationsCommand command) {
    return ask(Addresses.OPERATIONS, caller, command, Reply.Done.class);
  }

  public <T extends Reply> Future<T> job(
      Caller caller, JobId job, JobCommand command, Class<T> reply) {
    return ask(Addresses.jobs(bus.shards().of(job)), caller, command, reply);
  }

  /// Any shard knows all jobs.
  public <T extends Reply> Future<T> jobs(Caller caller, JobCommand command, Class<T> reply) {
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
