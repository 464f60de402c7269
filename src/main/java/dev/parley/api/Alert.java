package dev.parley.api;

import io.vertx.core.json.JsonObject;

/// Something that people who are connected should know.
///
/// @param type what it is about, a word of the application's own: 1–64 characters
/// @param severity `info` (for administrators alone), `warning`, `error` or `critical`
/// @param message for people, 1–4,096 characters
/// @param details what the application adds, at most 256 KiB; empty for nothing
public record Alert(String type, String severity, String message, JsonObject details) {

  public static Alert info(String type, String message) {
    return new Alert(type, "info", message, new JsonObject());
  }

  public static Alert warning(String type, String message) {
    return new Alert(type, "warning", message, new JsonObject());
  }

  public static Alert error(String type, String message) {
    return new Alert(type, "error", message, new JsonObject());
  }

  public static Alert critical(String type, String message) {
    return new Alert(type, "critical", message, new JsonObject());
  }

  public Alert with(JsonObject more) {
    return new Alert(type, severity, message, more);
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("alert_type", type)
        .put("severity", severity)
        .put("message", message)
        .put("details", details);
  }
}
