package dev.parley.dialect;

import dev.parley.protocol.Caller;
import dev.parley.protocol.ChatCommand.DeleteMessage;
import dev.parley.protocol.ChatCommand.EditMessage;
import dev.parley.protocol.ChatCommand.MarkRead;
import dev.parley.protocol.ChatCommand.SendMessage;
import dev.parley.protocol.ChatCommand.SetTyping;
import dev.parley.protocol.Command;
import dev.parley.protocol.Fields;
import dev.parley.protocol.MessageRef;
import dev.parley.protocol.PresenceCommand.SetPresence;
import dev.parley.protocol.PresenceStatus;
import dev.parley.protocol.RoomCommand.BroadcastToRoom;
import dev.parley.protocol.RoomCommand.JoinRoom;
import dev.parley.protocol.RoomCommand.LeaveRoom;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.SessionCommand.Acknowledge;
import dev.parley.protocol.SessionCommand.Authenticate;
import dev.parley.protocol.SessionCommand.NameMyself;
import dev.parley.protocol.SessionCommand.Ping;
import java.util.List;
import java.util.Optional;

/// What clients of `nexus` ask (`nexus.md`).
final class NexusCommands {
  private static final Command PING = new Ping();
  private static final Command NOTED = new Acknowledge();
  private static final int MAX_NAME = 128;

  /// How its broadcasts, which have no name, are called in dialects that want one.
  private static final String BROADCAST = "broadcast";

  private final ChatFields chat;

  NexusCommands(DialectLimits limits) {
    this.chat = new ChatFields(limits);
  }

  List<Command> commands(String type, Fields in, Caller caller) {
    Command command = command(type, in);
    return name(in, command, caller)
        .map(name -> List.<Command>of(new NameMyself(name), command))
        .orElseGet(() -> List.of(command));
  }

  /// A guest goes by the name that any of its frames gives.
  private static Optional<String> name(Fields in, Command command, Caller caller) {
    boolean named = caller.anonymous() && in.has("username");
    boolean strangerMaySay = command instanceof Ping || command instanceof Authenticate;
    return named && !strangerMaySay
        ? in.optionalText("username", MAX_NAME)
            .filter(name -> !name.isEmpty() && !name.equals(caller.username()))
        : Optional.empty();
  }

  private Command command(String type, Fields in) {
    return switch (type) {
      case "ping" -> PING;
      case "pong", "connect", "chat.delivered" -> NOTED;
      case "auth" -> new Authenticate(CommonFields.token(in));
      case "chat.message" -> send(in);
      case "chat.typing" ->
          new SetTyping(conversation(in), in.flag("is_typing", true), Optional.empty());
      case "chat.read" -> new MarkRead(conversation(in), read(in));
      case "chat.edit" -> new EditMessage(conversation(in), message(in), chat.content(in));
      case "chat.delete" -> new DeleteMessage(conversation(in), message(in));
      case "room.join" -> new JoinRoom(in.room("room_id"), Optional.empty());
      case "room.leave" -> new LeaveRoom(in.room("room_id"));
      case "room.broadcast" ->
          new BroadcastToRoom(
              in.room("room_id"), BROADCAST, in.value("message"), in.value("data"), false);
      case "presence.update" -> presence(in);
      case "presence.online" -> CommonFields.presence(in, PresenceStatus.ONLINE);
      case "presence.away" -> CommonFields.presence(in, PresenceStatus.AWAY);
      case "presence.busy" -> CommonFields.presence(in, PresenceStatus.BUSY);
      case "notification.read" -> NotificationFields.read(in);
      case "notification.clear" -> NotificationFields.clear(in);
      default -> throw CommonFields.unknownType();
    };
  }

  private SendMessage send(Fields in) {
    return chat.send(in, conversation(in), chat.contentType(in)).withReceipt();
  }

  private static RoomName conversation(Fields in) {
    return in.room("conversation_id");
  }

  private MessageRef message(Fields in) {
    return chat.message(in, "message_id");
  }

  private List<MessageRef> read(Fields in) {
    return in.has("message_ids") ? chat.someMessages(in, "message_ids") : List.of(message(in));
  }

  /// The status is optional here; who says nothing of it is there.
  private static SetPresence presence(Fields in) {
    return in.has("status")
        ? CommonFields.presence(in)
        : CommonFields.presence(in, PresenceStatus.ONLINE);
  }
}
