package dev.parley.dialect;

import dev.parley.protocol.ChatCommand.DeleteMessage;
import dev.parley.protocol.ChatCommand.EditMessage;
import dev.parley.protocol.ChatCommand.MarkRead;
import dev.parley.protocol.ChatCommand.React;
import dev.parley.protocol.ChatCommand.SetTyping;
import dev.parley.protocol.Command;
import dev.parley.protocol.Fields;
import dev.parley.protocol.JobCommand.ListJobs;
import dev.parley.protocol.JobCommand.UnwatchJobs;
import dev.parley.protocol.JobCommand.WatchJobs;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.MessageRef;
import dev.parley.protocol.MetricsCommand.UnwatchMetrics;
import dev.parley.protocol.MetricsCommand.WatchMetrics;
import dev.parley.protocol.RoomCommand.BroadcastToRoom;
import dev.parley.protocol.RoomCommand.JoinRoom;
import dev.parley.protocol.RoomCommand.LeaveRoom;
import dev.parley.protocol.RoomEvent.RoomMessage;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.SessionCommand.Authenticate;
import dev.parley.protocol.SessionCommand.Ping;
import dev.parley.protocol.UserId;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What clients of `connect` ask (`connect.md`).
final class ConnectCommands {
  private static final Command PING = new Ping();
  private static final Set<String> MESSAGE_TYPES = Set.of("text", "file", "image");
  private static final int MAX_TYPE = 64;

  private final ChatFields chat;

  ConnectCommands(DialectLimits limits) {
    this.chat = new ChatFields(limits);
  }

  /// @param user who asks
  List<Command> commands(String type, Fields in, UserId user) {
    return List.of(command(type, in, user));
  }

  private Command command(String type, Fields in, UserId user) {
    return switch (type) {
      case "ping" -> PING;
      case "auth" -> new Authenticate(CommonFields.token(in));
      case "join_room" -> new JoinRoom(room(in), Optional.empty());
      case "leave_room" -> new LeaveRoom(room(in));
      case "broadcast_admin" -> broadcastToAdmins(in);
      case "chat_message" -> chat.send(in, room(in), messageType(in));
      case "typing_start" -> new SetTyping(room(in), true, Optional.empty());
      case "typing_stop" -> new SetTyping(room(in), false, Optional.empty());
      case "mark_read" -> new MarkRead(room(in), read(in));
      case "edit_message" -> new EditMessage(room(in), message(in), chat.content(in));
      case "delete_message" -> new DeleteMessage(room(in), message(in));
      case "add_reaction" -> new React(room(in), message(in), chat.emoji(in), true);
      case "remove_reaction" -> new React(room(in), message(in), chat.emoji(in), false);
      case "presence_update" -> CommonFields.presence(in);
      case "subscribe_job_updates" -> new WatchJobs(Optional.empty());
      case "unsubscribe_job_updates" -> new UnwatchJobs(Optional.empty());
      case "get_active_jobs" -> new ListJobs(Optional.empty());
      case "subscribe_system_metrics" -> new WatchMetrics();
      case "unsubscribe_system_metrics" -> new UnwatchMetrics();
      case "subscribe_document_updates" -> ConnectSubscriptions.documents(in, user, true);
      case "unsubscribe_document_updates" -> ConnectSubscriptions.documents(in, user, false);
      case "subscribe_order_updates" -> ConnectSubscriptions.orders(in, true);
      case "unsubscribe_order_updates" -> ConnectSubscriptions.orders(in, false);
      case "subscribe_quote_updates" -> ConnectSubscriptions.quotes(in, true);
      case "unsubscribe_quote_updates" -> ConnectSubscriptions.quotes(in, false);
      default -> CommonFields.custom(type, in);
    };
  }

  private static RoomName room(Fields in) {
    return in.room(in.has("room") || !in.has("room_id") ? "room" : "room_id");
  }

  private static String messageType(Fields in) {
    String type = in.optionalText("message_type", MAX_TYPE).orElse("text");
    if (!MESSAGE_TYPES.contains(type)) {
      throw Fields.wrong("message_type", "must be text, file or image");
    }
    return type;
  }

  private MessageRef message(Fields in) {
    return chat.message(in, "message_id");
  }

  private List<MessageRef> read(Fields in) {
    return in.has("message_ids")
        ? chat.someMessages(in, "message_ids")
        : List.of(chat.message(in, "up_to"));
  }

  /// Only administrators may be in that room, so only they may say this.
  private static BroadcastToRoom broadcastToAdmins(Fields in) {
    JsonValue message = in.value("message");
    boolean understood = message.raw() instanceof String || message.raw() instanceof JsonObject;
    if (!understood) {
      throw Fields.wrong("message", "must be text or an object");
    }
    return new BroadcastToRoom(
        RoomName.ADMIN, RoomMessage.ADMIN_BROADCAST, message, JsonValue.NULL, false);
  }
}
