package dev.parley.dialect;

import dev.parley.protocol.ChatCommand.DeleteMessage;
import dev.parley.protocol.ChatCommand.EditMessage;
import dev.parley.protocol.ChatCommand.MarkRead;
import dev.parley.protocol.ChatCommand.React;
import dev.parley.protocol.ChatCommand.ReadHistory;
import dev.parley.protocol.ChatCommand.SendMessage;
import dev.parley.protocol.ChatCommand.SetTyping;
import dev.parley.protocol.Command;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Fields;
import dev.parley.protocol.JobCommand.ListJobs;
import dev.parley.protocol.JobCommand.UnwatchJobs;
import dev.parley.protocol.JobCommand.WatchJobs;
import dev.parley.protocol.JobFields;
import dev.parley.protocol.MessageRef;
import dev.parley.protocol.MetricsCommand.UnwatchMetrics;
import dev.parley.protocol.MetricsCommand.WatchMetrics;
import dev.parley.protocol.Position;
import dev.parley.protocol.PresenceCommand.GetPresence;
import dev.parley.protocol.PresenceCommand.MoveCursor;
import dev.parley.protocol.RoomCommand.BroadcastToRoom;
import dev.parley.protocol.RoomCommand.JoinRoom;
import dev.parley.protocol.RoomCommand.LeaveRoom;
import dev.parley.protocol.RoomCommand.ListMembers;
import dev.parley.protocol.RoomCommand.ListRooms;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.SessionCommand.Authenticate;
import dev.parley.protocol.SessionCommand.Ping;
import dev.parley.protocol.SessionCommand.ResumeSession;
import dev.parley.protocol.SessionCommand.Subscribe;
import dev.parley.protocol.SessionCommand.Unsubscribe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What native clients ask (`native.md`).
final class NativeCommands {
  private static final Command PING = new Ping();
  private static final int MAX_NAME = 128;
  private static final long DEFAULT_PAGE = 50;

  private final DialectLimits limits;
  private final ChatFields chat;

  NativeCommands(DialectLimits limits) {
    this.limits = limits;
    this.chat = new ChatFields(limits);
  }

  List<Command> commands(String type, Fields in) {
    return List.of(command(type, in));
  }

  private Command command(String type, Fields in) {
    return switch (type) {
      case "ping" -> PING;
      case "auth" -> new Authenticate(CommonFields.token(in));
      case "session.resume" -> resume(in);
      case "room.join" ->
          new JoinRoom(
              in.room("room"),
              since(in),
              in.optionalFields("presence").map(CommonFields::presence));
      case "room.leave" -> new LeaveRoom(in.room("room"));
      case "room.members" -> new ListMembers(in.room("room"), page(in), in.optionalUser("after"));
      case "room.broadcast" -> broadcast(in);
      case "room.list" -> new ListRooms();
      case "chat.send" -> send(in);
      case "chat.edit" -> new EditMessage(in.room("room"), message(in), chat.content(in));
      case "chat.delete" -> new DeleteMessage(in.room("room"), message(in));
      case "chat.react" ->
          new React(in.room("room"), message(in), chat.emoji(in), in.flag("added", true));
      case "chat.read" -> new MarkRead(in.room("room"), List.of(message(in)));
      case "chat.typing" ->
          new SetTyping(in.room("room"), in.flag("typing"), CommonFields.cell(in));
      case "chat.history" -> history(in);
      case "metrics.subscribe" -> new WatchMetrics();
      case "metrics.unsubscribe" -> new UnwatchMetrics();
      case "presence.set" -> CommonFields.presence(in);
      case "presence.get" -> new GetPresence(CommonFields.someUsers(in, "user_ids", limits.page()));
      case "topic.subscribe" -> new Subscribe(TopicFields.some(in), List.of());
      case "topic.unsubscribe" -> new Unsubscribe(TopicFields.some(in));
      case "job.subscribe" -> new WatchJobs(JobFields.optionalId(in));
      case "job.unsubscribe" -> new UnwatchJobs(JobFields.optionalId(in));
      case "job.list" -> new ListJobs(JobFields.optionalStatus(in));
      case "cursor.move" ->
          new MoveCursor(in.room("room"), in.decimal("x"), in.decimal("y"), CommonFields.cell(in));
      case "notification.subscribe" -> NotificationFields.subscribe(in);
      case "notification.unsubscribe" -> NotificationFields.unsubscribe();
      case "notification.list" -> NotificationFields.list(in, limits.page());
      case "notification.read" -> NotificationFields.read(in);
      case "notification.clear" -> NotificationFields.clear(in);
      default -> CommonFields.custom(type, in);
    };
  }

  private ResumeSession resume(Fields in) {
    Optional<ConnectionId> connection =
        in.optionalText("connection", MAX_NAME).map(ConnectionId::new);
    return new ResumeSession(connection, positions(in), TopicFields.resumed(in));
  }

  private Map<RoomName, Position> positions(Fields in) {
    Fields rooms = in.fields("rooms");
    if (rooms.object().size() > limits.rooms()) {
      throw Fields.wrong("rooms", "names more than " + limits.rooms() + " rooms");
    }
    Map<RoomName, Position> positions = new LinkedHashMap<>();
    for (String name : rooms.object().fieldNames()) {
      RoomName room =
          RoomName.parse(name).orElseThrow(() -> Fields.wrong("rooms", "names what is no room"));
      positions.put(room, position(rooms.fields(name), "seq"));
    }
    return positions;
  }

  private static Optional<Position> since(Fields in) {
    return in.has("since") ? Optional.of(position(in, "since")) : Optional.empty();
  }

  private static Position position(Fields in, String seqField) {
    long seq = in.number(seqField, 0, Long.MAX_VALUE);
    boolean start = seq == 0 && !in.has("epoch");
    return start ? Position.START : new Position(in.anyText("epoch", MAX_NAME), seq);
  }

  private static BroadcastToRoom broadcast(Fields in) {
    return new BroadcastToRoom(
        in.room("room"),
        in.text("event", MAX_NAME),
        in.value("message"),
        in.value("data"),
        in.flag("durable", false));
  }

  private SendMessage send(Fields in) {
    return chat.send(in, in.room("room"), chat.contentType(in));
  }

  /// Named by its number, or by its id.
  private MessageRef message(Fields in) {
    return chat.message(in, in.has("message_id") ? "message_id" : "seq");
  }

  private ReadHistory history(Fields in) {
    return new ReadHistory(
        in.room("room"),
        in.optionalNumber("before", 0, Long.MAX_VALUE),
        in.optionalNumber("after", 0, Long.MAX_VALUE),
        page(in));
  }

  private int page(Fields in) {
    return in.optionalNumber("limit", 1, limits.page())
        .orElse(Math.min(DEFAULT_PAGE, limits.page()))
        .intValue();
  }
}
