package dev.parley.notifications;

import dev.parley.protocol.Notification;
import dev.parley.protocol.Notification.Addressee;
import dev.parley.protocol.Notification.Level;
import dev.parley.protocol.Notification.Priority;
import dev.parley.protocol.UserId;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/// Notifications to be sent.
final class Drafts {
  static final Addressee ALL = new Addressee.ToAll();

  private Drafts() {}

  static Addressee user(String name) {
    return new Addressee.ToUser(new UserId(name));
  }

  static Addressee role(String name) {
    return new Addressee.ToRole(name);
  }

  static Notification to(Addressee addressee, String title) {
    return of(addressee, title, "It is so", "system", Optional.empty(), new JsonObject());
  }

  static Notification of(
      Addressee addressee,
      String title,
      String message,
      String category,
      Optional<String> module,
      JsonObject data) {
    return new Notification(
        "",
        addressee,
        title,
        message,
        category,
        module,
        Priority.NORMAL,
        Level.INFO,
        data,
        Instant.EPOCH);
  }
}
