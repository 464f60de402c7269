package dev.parley.api;

import io.vertx.core.json.JsonObject;

/// A notification to be sent, made step by step from one of the three beginnings. Immutable.
///
/// A title has 1–256 characters, a message at most 4,096, category and module 1–64 each, the data
/// at most 16 KiB as JSON.
public final class NotificationDraft {
  private final JsonObject json;

  private NotificationDraft(JsonObject json) {
    this.json = json;
  }

  public static NotificationDraft toUser(String userId, String title, String message) {
    return of(title, message).with("user_id", userId);
  }

  /// For all users who have this role, now or while it is kept.
  public static NotificationDraft toRole(String role, String title, String message) {
    return of(title, message).with("role", role);
  }

  public static NotificationDraft toAll(String title, String message) {
    return of(title, message);
  }

  /// Where it comes from; `system` unless it is said.
  public NotificationDraft category(String category) {
    return with("category", category);
  }

  /// The part of the application it comes from.
  public NotificationDraft module(String module) {
    return with("module_name", module);
  }

  /// `low`, `normal` (unless it is said), `high` or `urgent`.
  public NotificationDraft priority(String priority) {
    return with("priority", priority);
  }

  /// `info` (unless it is said), `success`, `warning`, `error` or `critical`.
  public NotificationDraft level(String level) {
    return with("level", level);
  }

  public NotificationDraft data(JsonObject data) {
    return with("data", data.copy());
  }

  private static NotificationDraft of(String title, String message) {
    return new NotificationDraft(new JsonObject().put("title", title).put("message", message));
  }

  private NotificationDraft with(String name, Object value) {
    return new NotificationDraft(json.copy().put(name, value));
  }

  JsonObject toJson() {
    return json.copy();
  }
}
