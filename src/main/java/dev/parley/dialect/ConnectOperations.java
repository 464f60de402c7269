package dev.parley.dialect;

import dev.parley.protocol.JsonValue;
import dev.parley.protocol.OperationsEvent;
import dev.parley.protocol.OperationsEvent.AlertRaised;
import dev.parley.protocol.OperationsEvent.BusinessUpdated;
import dev.parley.protocol.OperationsEvent.ProcessingCompleted;
import dev.parley.protocol.OperationsEvent.ProcessingStarted;
import dev.parley.protocol.OperationsEvent.TopicPublished;
import dev.parley.protocol.OperationsEvent.UpdateKind;
import dev.parley.protocol.SystemSample;
import dev.parley.protocol.SystemSampleJson;
import dev.parley.protocol.json.JsonWriter;
import java.util.List;

/// What clients of `connect` hear of machines and business (`connect.md`).
final class ConnectOperations {
  private ConnectOperations() {}

  static List<OutFrame> encode(SystemSample sample) {
    return FrameEncoder.TEXT.one(
        out -> SystemSampleJson.writeShort(out.text("type", "system_metrics"), sample));
  }

  /// Topics have no word here.
  static List<OutFrame> encode(OperationsEvent event) {
    return switch (event) {
      case TopicPublished _ -> List.of();
      case AlertRaised alert -> FrameEncoder.TEXT.one(out -> write(out, alert));
      case ProcessingStarted started -> FrameEncoder.TEXT.one(out -> write(out, started));
      case ProcessingCompleted completed -> FrameEncoder.TEXT.one(out -> write(out, completed));
      case BusinessUpdated updated -> FrameEncoder.TEXT.one(out -> write(out, updated));
    };
  }

  private static void write(JsonWriter out, AlertRaised alert) {
    out.text("type", "system_alert")
        .text("alert_type", alert.alertType())
        .text("severity", alert.severity().word())
        .text("message", alert.message())
        .value("details", alert.details())
        .time("timestamp", alert.at());
  }

  private static void write(JsonWriter out, ProcessingStarted started) {
    out.text("type", "document_processing_start")
        .text("user_id", started.user().value())
        .text("document_id", started.documentId())
        .text("filename", started.filename())
        .time("timestamp", started.at());
  }

  private static void write(JsonWriter out, ProcessingCompleted completed) {
    out.text("type", "document_processing_complete")
        .text("user_id", completed.user().value())
        .text("document_id", completed.documentId())
        .text("filename", completed.filename())
        .flag("success", completed.success())
        .value("error", completed.error().orElse(null))
        .time("timestamp", completed.at());
  }

  private static void write(JsonWriter out, BusinessUpdated updated) {
    JsonValue data = updated.data();
    out.text("type", typeOf(updated.kind()))
        .value(updated.kind().word() + "_id", updated.id().raw())
        .value("status", updated.status().orElse(null))
        .value("data", data.raw())
        .time("timestamp", updated.at());
  }

  private static String typeOf(UpdateKind kind) {
    return switch (kind) {
      case ORDER -> "order_status_update";
      case QUOTE -> "quote_update";
      case PAYMENT -> "payment_alert";
      case DEADLINE -> "deadline_reminder";
    };
  }
}
