package dev.parley.protocol;

import dev.parley.protocol.json.JsonFormat;
import dev.parley.protocol.json.JsonWriter;
import io.vertx.core.json.JsonObject;
import java.io.IOException;

/// The one JSON form of events: what the native dialect sends, the store keeps and the bus
/// publishes (`native.md`). Times are in milliseconds; what is empty is left out.
///
/// A [CustomMessage], which clients get as it was given, is wrapped here, so that it is never taken
/// for an event of ours: `{"type":"custom","message":{…}}`. The place of a durable event is not
/// part of it: its [Stamp] adds that.
public final class EventJson {
  private EventJson() {}

  /// UTF-8 text.
  public static byte[] encode(Event event) {
    return JsonFormat.TEXT.encode(
        out -> {
          write(out.object(), event);
          out.end();
        });
  }

  /// Writes an event's fields, `type` first, into the open object.
  public static void write(JsonWriter out, Event event) {
    switch (event) {
      case RoomEvent of -> RoomEventJson.write(out, of);
      case ChatEvent of -> ChatEventJson.write(out, of);
      case PresenceEvent of -> PresenceEventJson.write(out, of);
      case SessionEvent of -> SessionEventJson.write(out, of);
      case JobEvent of -> JobJson.write(out, of);
      case MetricsEvent of -> SystemSampleJson.write(out, of);
      case NotificationEvent of -> NotificationJson.write(out, of);
      case OperationsEvent of -> OperationsEventJson.write(out, of);
      case CustomMessage(JsonObject message) ->
          out.text("type", "custom").value("message", message);
      case NewerEvent(RoomName room) -> out.text("type", "newer").text("room", room.value());
    }
  }

  /// Reads what [#encode] wrote. Fields it does not know are ignored, so that a newer node may add
  /// some.
  ///
  /// Of the caller in a [SessionEvent.Welcomed] only what the client sees is there again.
  ///
  /// @throws IllegalArgumentException if these bytes are no event
  public static Event decode(byte[] json) {
    try {
      return read(new Fields(JsonFormat.TEXT.decode(json)));
    } catch (IOException e) {
      throw new IllegalArgumentException("not an event: not JSON", e);
    } catch (RejectedException e) {
      throw new IllegalArgumentException("not an event: " + e.rejection().text(), e);
    }
  }

  /// Reads what a log keeps: a message without its id, which its place gives it.
  ///
  /// @throws IllegalArgumentException if these bytes are no event
  public static Event decode(byte[] json, long seq) {
    Event event = decode(json);
    return event instanceof ChatEvent.ChatPosted(var message)
        ? new ChatEvent.ChatPosted(message.placedAt(seq))
        : event;
  }

  private static Event read(Fields in) {
    String type = in.text("type", 64);
    return switch (type) {
      case RoomEventJson.JOINED -> RoomEventJson.joined(in);
      case RoomEventJson.LEFT -> RoomEventJson.left(in);
      case RoomEventJson.MEMBERS_CHANGED -> RoomEventJson.membersChanged(in);
      case RoomEventJson.STATE_CHANGED -> RoomEventJson.stateChanged(in);
      case RoomEventJson.MESSAGE -> RoomEventJson.message(in);
      case RoomEventJson.GRANTED -> RoomEventJson.granted(in);
      case RoomEventJson.REVOKED -> RoomEventJson.revoked(in);
      case RoomEventJson.RESET -> RoomEventJson.reset(in);
      case RoomEventJson.PARTICIPATION_BEGAN -> RoomEventJson.participationBegan(in);
      case RoomEventJson.PARTICIPATION_ENDED -> RoomEventJson.participationEnded(in);
      case ChatEventJson.MESSAGE -> new ChatEvent.ChatPosted(ChatMessageJson.read(in));
      case ChatEventJson.EDITED -> ChatEventJson.edited(in);
      case ChatEventJson.DELETED -> ChatEventJson.deleted(in);
      case ChatEventJson.REACTION -> ChatEventJson.reacted(in);
      case ChatEventJson.READ -> ChatEventJson.chatRead(in);
      case ChatEventJson.TYPING -> ChatEventJson.typing(in);
      case ChatEventJson.DELIVERED -> ChatEventJson.delivered(in);
      case PresenceEventJson.CHANGED -> PresenceEventJson.changed(in);
      case PresenceEventJson.CURSOR -> PresenceEventJson.cursorMoved(in);
      case PresenceEventJson.ACTIVITY -> PresenceEventJson.activity(in);
      case SessionEventJson.WELCOME -> SessionEventJson.welcomed(in);
      case SessionEventJson.EXPIRING -> SessionEventJson.expiring(in);
      case SessionEventJson.DRAINING -> SessionEventJson.draining(in);
      case JobJson.UPDATED -> JobJson.updated(in);
      case SystemSampleJson.SAMPLE -> SystemSampleJson.sampled(in);
      case NotificationJson.CREATED -> NotificationJson.created(in);
      case NotificationJson.MARKED -> NotificationJson.marked(in);
      case OperationsEventJson.ALERT -> OperationsEventJson.alert(in);
      case OperationsEventJson.STARTED -> OperationsEventJson.started(in);
      case OperationsEventJson.COMPLETED -> OperationsEventJson.completed(in);
      case OperationsEventJson.UPDATED -> OperationsEventJson.updated(in);
      case OperationsEventJson.TOPIC -> OperationsEventJson.topic(in);
      case "custom" -> new CustomMessage(in.fields("message").object());
      case "newer" -> new NewerEvent(in.room("room"));
      default -> throw Fields.wrong("type", "names no event: " + type);
    };
  }
}
