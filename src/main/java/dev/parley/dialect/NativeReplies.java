package dev.parley.dialect;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.parley.protocol.ChatMessageJson;
import dev.parley.protocol.Job;
import dev.parley.protocol.JobJson;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.MemberJson;
import dev.parley.protocol.Notification;
import dev.parley.protocol.NotificationJson;
import dev.parley.protocol.Position;
import dev.parley.protocol.PresenceStateJson;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Reply.HistoryPage;
import dev.parley.protocol.Reply.Joined;
import dev.parley.protocol.Reply.PlacedMessage;
import dev.parley.protocol.Reply.Presences;
import dev.parley.protocol.Reply.RoomResumption;
import dev.parley.protocol.Reply.RoomSummary;
import dev.parley.protocol.Reply.Rooms;
import dev.parley.protocol.Reply.SessionResumed;
import dev.parley.protocol.SystemSampleJson;
import dev.parley.protocol.json.JsonWriter;
import io.vertx.core.json.JsonObject;

/// What native clients get for their commands (`native.md`).
final class NativeReplies {
  private NativeReplies() {}

  static void writePong(JsonWriter out, Reply.Pong pong, JsonValue id) {
    writeId(out.text("type", "pong"), id);
    out.time("timestamp", pong.at());
  }

  /// A plug-in's answer: as it is, but for the correlation id.
  static void writeCustom(JsonWriter out, JsonObject body, JsonValue id) {
    if (!body.containsKey("type")) {
      out.text("type", "ok");
    }
    writeId(out, id);
    body.getMap().forEach((name, value) -> writeUnlessId(out, name, value, id));
  }

  private static void writeUnlessId(JsonWriter out, String name, Object value, JsonValue id) {
    if (id.isNull() || !name.equals("id")) {
      out.value(name, value);
    }
  }

  static void writeOk(JsonWriter out, Reply reply, JsonValue id) {
    writeId(out.text("type", "ok"), id);
    writeResult(out, reply);
  }

  static void writeId(JsonWriter out, JsonValue id) {
    if (!id.isNull()) {
      out.value("id", id.raw());
    }
  }

  private static void writeResult(JsonWriter out, Reply reply) {
    switch (reply) {
      case Reply.Authenticated(var expiresAt) -> out.time("expires_at", expiresAt);
      case Joined joined -> write(out, joined);
      case Reply.Left(var room, int count, var at) ->
          out.text("room", room.value()).number("count", count).time("timestamp", at);
      case Reply.MembersPage(var room, var members, int total, var next) -> {
        MemberJson.write(out.text("room", room.value()), "members", members);
        out.number("total", total).text("next", next);
      }
      case Rooms rooms -> write(out, rooms);
      case Reply.Stored(var room, var position, var messageId, var at, boolean _) ->
          write(out.text("room", room.value()), position)
              .text("message_id", messageId)
              .time("timestamp", at);
      case Reply.Recorded(var room, var position) ->
          write(out.text("room", room.value()), position);
      case Reply.Marked(var room, long upTo, long unread, int _) ->
          out.text("room", room.value()).number("up_to", upTo).number("unread", unread);
      case HistoryPage page -> write(out, page);
      case Presences presences -> write(out, presences);
      case SessionResumed resumed -> write(out, resumed);
      case Reply.Subscriptions(var topics, _) -> out.texts("topics", topics);
      case Reply.Jobs(var jobs, var at) -> {
        out.array("jobs");
        jobs.forEach(job -> write(out, job));
        out.end().time("timestamp", at);
      }
      case Reply.Sampled(var sample) -> SystemSampleJson.write(out, sample);
      case Reply.Notifications page -> write(out, page);
      case Reply.NotificationsMarked(long marked, long unread) ->
          out.number("marked", marked).number("unread_count", unread);
      case Reply.Done _,
          Reply.Pong _,
          Reply.Custom _,
          Reply.Entered _,
          Reply.Arrived _,
          Reply.Participations _,
          Reply.MessagesPage _,
          Reply.Conversations _,
          Reply.ActiveRooms _,
          Reply.UsersOnline _,
          Reply.Connections _,
          Reply.JobKept _,
          Reply.InboxOpened _,
          Reply.InboxPage _,
          Reply.NotificationKept _,
          Reply.Delivered _ -> {}
    }
  }

  private static void write(JsonWriter out, Job job) {
    JobJson.write(out.object(), job);
    out.end();
  }

  private static void write(JsonWriter out, Reply.Notifications page) {
    out.array("notifications");
    page.notifications().forEach(received -> write(out, received));
    out.end().number("unread_count", page.unread()).flag("more", page.more());
  }

  private static void write(JsonWriter out, Notification.Received received) {
    NotificationJson.write(out.object(), received.notification());
    out.flag("read", received.read()).end();
  }

  private static void write(JsonWriter out, Joined joined) {
    write(out.text("room", joined.room().value()), joined.position());
    joined.recovered().ifPresent(recovered -> out.flag("recovered", recovered));
    MemberJson.write(out, "members", joined.members());
    out.number("count", joined.count()).time("timestamp", joined.at());
  }

  private static void write(JsonWriter out, Rooms rooms) {
    out.array("rooms");
    for (RoomSummary room : rooms.rooms()) {
      write(out.object().text("room", room.room().value()), room.head())
          .number("members", room.members())
          .number("unread", room.unread())
          .end();
    }
    out.end();
  }

  private static void write(JsonWriter out, HistoryPage page) {
    out.text("room", page.room().value()).array("messages");
    for (PlacedMessage placed : page.messages()) {
      write(out.object(), placed.position());
      ChatMessageJson.write(out, placed.message());
      out.end();
    }
    out.end().flag("more", page.more());
    write(out.object("head"), page.head()).end();
  }

  private static void write(JsonWriter out, Presences presences) {
    out.array("users");
    presences
        .users()
        .forEach(
            state -> {
              PresenceStateJson.write(out.object(), state);
              out.end();
            });
    out.end();
  }

  private static void write(JsonWriter out, SessionResumed resumed) {
    out.object("rooms");
    resumed.rooms().forEach((room, how) -> write(out.object(room.value()), how).end());
    out.end().texts("topics", resumed.topics());
  }

  private static JsonWriter write(JsonWriter out, RoomResumption how) {
    return switch (how) {
      case RoomResumption.Resumed(var position, boolean recovered) ->
          write(out, position).flag("recovered", recovered);
      case RoomResumption.Refused(var rejection) ->
          out.text("error", rejection.text()).text("code", rejection.code().name());
    };
  }

  @CanIgnoreReturnValue
  private static JsonWriter write(JsonWriter out, Position position) {
    return out.number("seq", position.seq()).text("epoch", position.epoch());
  }
}
