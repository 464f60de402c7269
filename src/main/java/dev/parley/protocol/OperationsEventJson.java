package dev.parley.protocol;

import dev.parley.protocol.OperationsEvent.AlertRaised;
import dev.parley.protocol.OperationsEvent.BusinessUpdated;
import dev.parley.protocol.OperationsEvent.ProcessingCompleted;
import dev.parley.protocol.OperationsEvent.ProcessingStarted;
import dev.parley.protocol.OperationsEvent.Severity;
import dev.parley.protocol.OperationsEvent.TopicPublished;
import dev.parley.protocol.OperationsEvent.UpdateKind;
import dev.parley.protocol.json.JsonWriter;
import io.vertx.core.json.JsonObject;

/// The JSON of [OperationsEvent]s.
final class OperationsEventJson {
  static final String ALERT = "alert.raised";
  static final String STARTED = "processing.started";
  static final String COMPLETED = "processing.completed";
  static final String UPDATED = "business.updated";
  static final String TOPIC = "topic.event";

  private static final int ANY = Integer.MAX_VALUE;

  private OperationsEventJson() {}

  static void write(JsonWriter out, OperationsEvent event) {
    switch (event) {
      case AlertRaised alert -> write(out, alert);
      case ProcessingStarted(var user, var documentId, var filename, var at) ->
          out.text("type", STARTED)
              .text("user_id", user.value())
              .text("document_id", documentId)
              .text("filename", filename)
              .time("timestamp", at);
      case ProcessingCompleted completed -> write(out, completed);
      case BusinessUpdated updated -> write(out, updated);
      case TopicPublished(var topic, var action, var data, var at) -> {
        out.text("type", TOPIC).text("topic", topic.value()).text("action", action);
        writeIfAny(out, "data", data);
        out.time("timestamp", at);
      }
    }
  }

  private static void write(JsonWriter out, AlertRaised alert) {
    out.text("type", ALERT)
        .text("alert_type", alert.alertType())
        .text("severity", alert.severity().word())
        .text("message", alert.message());
    if (!alert.details().isEmpty()) {
      out.value("details", alert.details());
    }
    out.time("timestamp", alert.at());
  }

  private static void write(JsonWriter out, BusinessUpdated updated) {
    out.text("type", UPDATED)
        .text("kind", updated.kind().word())
        .value("id", updated.id().raw())
        .text("status", updated.status());
    writeIfAny(out, "data", updated.data());
    out.time("timestamp", updated.at());
  }

  private static void write(JsonWriter out, ProcessingCompleted completed) {
    out.text("type", COMPLETED)
        .text("user_id", completed.user().value())
        .text("document_id", completed.documentId())
        .text("filename", completed.filename())
        .flag("success", completed.success())
        .text("error", completed.error());
    writeIfAny(out, "result", completed.result());
    out.time("timestamp", completed.at());
  }

  private static void writeIfAny(JsonWriter out, String name, JsonValue value) {
    if (!value.isNull()) {
      out.value(name, value.raw());
    }
  }

  static AlertRaised alert(Fields in) {
    return new AlertRaised(
        in.anyText("alert_type", ANY),
        Severity.parse(in.anyText("severity", ANY)).orElse(Severity.WARNING),
        in.anyText("message", ANY),
        in.optionalFields("details").map(Fields::object).orElseGet(JsonObject::new),
        in.time("timestamp"));
  }

  static ProcessingStarted started(Fields in) {
    return new ProcessingStarted(
        in.user("user_id"),
        in.anyText("document_id", ANY),
        in.anyText("filename", ANY),
        in.time("timestamp"));
  }

  static ProcessingCompleted completed(Fields in) {
    return new ProcessingCompleted(
        in.user("user_id"),
        in.anyText("document_id", ANY),
        in.anyText("filename", ANY),
        in.flag("success"),
        in.optionalText("error", ANY),
        in.value("result"),
        in.time("timestamp"));
  }

  static BusinessUpdated updated(Fields in) {
    return new BusinessUpdated(
        UpdateKind.parse(in.anyText("kind", ANY))
            .orElseThrow(() -> Fields.wrong("kind", "is none of ours")),
        in.value("id"),
        in.optionalText("status", ANY),
        in.value("data"),
        in.time("timestamp"));
  }

  static TopicPublished topic(Fields in) {
    return new TopicPublished(
        TopicName.parse(in.anyText("topic", ANY))
            .orElseThrow(() -> Fields.wrong("topic", "is no topic")),
        in.anyText("action", ANY),
        in.value("data"),
        in.time("timestamp"));
  }
}
