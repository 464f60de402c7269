package dev.parley.rest;

import dev.parley.protocol.Fields;
import dev.parley.protocol.Notification;
import dev.parley.protocol.Notification.Addressee;
import dev.parley.protocol.Notification.Level;
import dev.parley.protocol.Notification.Priority;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/// What is asked to be notified, in the words of each dialect (`connection.md`, One notion, several
/// words).
final class NotificationBody {
  private static final String CATEGORY = "system";
  private static final int MAX_TITLE = 200;
  private static final int MAX_MESSAGE = 8_000;
  private static final int MAX_WORD = 64;

  private NotificationBody() {}

  /// In the words of `aether`.
  static Notification aether(Fields in, Instant now) {
    return draft(in, addressee(in), level(in), priority(in), now);
  }

  /// In the words of `nexus`, to one user.
  static Notification nexusToUser(Fields in, Instant now) {
    return nexus(in, new Addressee.ToUser(in.user("user_id")), now);
  }

  /// In the words of `nexus`, to all.
  static Notification nexusToAll(Fields in, Instant now) {
    return nexus(in, new Addressee.ToAll(), now);
  }

  /// In the words of `workspace`.
  static Notification workspace(Fields in, Instant now) {
    Priority priority =
        word(in, "priority", NotificationBody::workspacePriority, "low, normal, high or critical")
            .orElse(Priority.NORMAL);
    return draft(in, addressee(in), level(in), priority, now);
  }

  private static Notification nexus(Fields in, Addressee addressee, Instant now) {
    Level level =
        word(
                in,
                "notification_type",
                NotificationBody::nexusLevel,
                "info, success, warning, error or alert")
            .orElse(Level.INFO);
    return draft(in, addressee, level, priority(in), now);
  }

  private static Notification draft(
      Fields in, Addressee addressee, Level level, Priority priority, Instant now) {
    return new Notification(
        "",
        addressee,
        in.text("title", MAX_TITLE),
        in.anyText("message", MAX_MESSAGE),
        in.has("category") ? in.text("category", MAX_WORD) : CATEGORY,
        in.has("module_name") ? Optional.of(in.text("module_name", MAX_WORD)) : Optional.empty(),
        priority,
        level,
        in.optionalFields("data").map(Fields::object).orElseGet(JsonObject::new),
        now);
  }

  private static Addressee addressee(Fields in) {
    return in.optionalUser("user_id")
        .<Addressee>map(Addressee.ToUser::new)
        .orElseGet(Addressee.ToAll::new);
  }

  private static Level level(Fields in) {
    return word(in, "level", Level::parse, "info, success, warning, error or critical")
        .orElse(Level.INFO);
  }

  private static Priority priority(Fields in) {
    return word(in, "priority", Priority::parse, "low, normal, high or urgent")
        .orElse(Priority.NORMAL);
  }

  private static <T> Optional<T> word(
      Fields in, String name, Function<String, Optional<T>> parse, String known) {
    return in.optionalText(name, MAX_WORD)
        .map(text -> parse.apply(text).orElseThrow(() -> Fields.wrong(name, "must be " + known)));
  }

  private static Optional<Level> nexusLevel(String word) {
    return switch (word) {
      case "alert" -> Optional.of(Level.CRITICAL);
      case "critical" -> Optional.empty();
      default -> Level.parse(word);
    };
  }

  private static Optional<Priority> workspacePriority(String word) {
    return switch (word) {
      case "critical" -> Optional.of(Priority.URGENT);
      case "urgent" -> Optional.empty();
      default -> Priority.parse(word);
    };
  }
}
