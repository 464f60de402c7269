package dev.parley.protocol;

import dev.parley.protocol.Notification.Addressee;
import dev.parley.protocol.Notification.Level;
import dev.parley.protocol.Notification.Priority;
import dev.parley.protocol.NotificationEvent.Marking;
import dev.parley.protocol.NotificationEvent.NotificationCreated;
import dev.parley.protocol.NotificationEvent.NotificationsMarked;
import dev.parley.protocol.json.JsonFormat;
import dev.parley.protocol.json.JsonWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/// The JSON of a [Notification] and of [NotificationEvent]s.
public final class NotificationJson {
  static final String CREATED = "notification.created";
  static final String MARKED = "notification.updated";

  private static final String DEFAULT_CATEGORY = "system";
  private static final int ANY = Integer.MAX_VALUE;

  private NotificationJson() {}

  /// Writes the notification's fields into the open object.
  public static void write(JsonWriter out, Notification notification) {
    out.text("id", notification.id());
    switch (notification.addressee()) {
      case Addressee.ToUser(var user) -> out.text("user_id", user.value());
      case Addressee.ToRole(var role) -> out.text("role", role);
      case Addressee.ToAll _ -> {}
    }
    out.text("title", notification.title())
        .text("message", notification.message())
        .text("category", notification.category())
        .text("module", notification.module())
        .text("priority", notification.priority().word())
        .text("level", notification.level().word());
    if (!notification.data().isEmpty()) {
      out.value("data", notification.data());
    }
    out.time("created_at", notification.createdAt());
  }

  /// The same as an object of its own.
  public static JsonObject toJson(Notification notification) {
    byte[] json =
        JsonFormat.TEXT.encode(
            out -> {
              write(out.object(), notification);
              out.end();
            });
    return new JsonObject(Buffer.buffer(json));
  }

  /// Reads what [#write] wrote.
  public static Notification read(Fields in) {
    return new Notification(
        in.anyText("id", ANY),
        addressee(in),
        in.anyText("title", ANY),
        in.anyText("message", ANY),
        in.anyText("category", ANY),
        in.optionalText("module", ANY),
        Priority.parse(in.anyText("priority", ANY)).orElse(Priority.NORMAL),
        Level.parse(in.anyText("level", ANY)).orElse(Level.INFO),
        in.optionalFields("data").map(Fields::object).orElseGet(JsonObject::new),
        in.time("created_at"));
  }

  /// Reads a notification that is to be sent; what is missing gets the middle value. Its id and
  /// time are given when it is kept, its bounds are looked at then.
  public static Notification draft(Fields in) {
    if (in.has("user_id") && in.has("role")) {
      throw Fields.wrong("role", "cannot be there beside user_id");
    }
    return new Notification(
        "",
        addressee(in),
        in.text("title", ANY),
        in.anyText("message", ANY),
        in.optionalText("category", ANY).orElse(DEFAULT_CATEGORY),
        in.optionalText("module_name", ANY),
        in.optionalText("priority", ANY).map(NotificationJson::priority).orElse(Priority.NORMAL),
        in.optionalText("level", ANY).map(NotificationJson::level).orElse(Level.INFO),
        in.optionalFields("data").map(Fields::object).orElseGet(JsonObject::new),
        Instant.EPOCH);
  }

  private static Priority priority(String word) {
    return Priority.parse(word)
        .orElseThrow(() -> Fields.wrong("priority", "must be low, normal, high or urgent"));
  }

  private static Level level(String word) {
    return Level.parse(word)
        .orElseThrow(
            () -> Fields.wrong("level", "must be info, success, warning, error or critical"));
  }

  private static Addressee addressee(Fields in) {
    if (in.has("user_id")) {
      return new Addressee.ToUser(in.user("user_id"));
    }
    return in.optionalText("role", ANY)
        .<Addressee>map(Addressee.ToRole::new)
        .orElseGet(Addressee.ToAll::new);
  }

  static void write(JsonWriter out, NotificationEvent event) {
    switch (event) {
      case NotificationCreated(var notification) -> {
        write(out.text("type", CREATED).object("notification"), notification);
        out.end();
      }
      case NotificationsMarked(var user, var marking, var ids, long unread, var at) ->
          out.text("type", MARKED)
              .text("user_id", user.value())
              .text("action", marking.word())
              .flag("all", ids.isEmpty())
              .texts("notification_ids", ids)
              .number("unread_count", unread)
              .time("timestamp", at);
    }
  }

  static NotificationCreated created(Fields in) {
    return new NotificationCreated(read(in.fields("notification")));
  }

  static NotificationsMarked marked(Fields in) {
    return new NotificationsMarked(
        in.user("user_id"),
        Marking.parse(in.anyText("action", ANY)).orElse(Marking.READ),
        in.texts("notification_ids", ANY, ANY),
        in.number("unread_count", 0, Long.MAX_VALUE),
        in.time("timestamp"));
  }
}
