package dev.parley.dialect;

import dev.parley.protocol.ChatEvent;
import dev.parley.protocol.CustomMessage;
import dev.parley.protocol.Event;
import dev.parley.protocol.JobEvent;
import dev.parley.protocol.JobEvent.Change;
import dev.parley.protocol.JobEvent.JobUpdated;
import dev.parley.protocol.JobJson;
import dev.parley.protocol.MetricsEvent;
import dev.parley.protocol.MetricsEvent.MetricsSampled;
import dev.parley.protocol.NewerEvent;
import dev.parley.protocol.NotificationEvent;
import dev.parley.protocol.OperationsEvent;
import dev.parley.protocol.OperationsEvent.TopicPublished;
import dev.parley.protocol.PresenceEvent;
import dev.parley.protocol.RoomEvent;
import dev.parley.protocol.SessionEvent;
import dev.parley.protocol.SessionEvent.Welcomed;
import dev.parley.protocol.SystemSampleJson;
import dev.parley.protocol.TopicName;
import dev.parley.protocol.json.JsonWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What clients of `aether` hear (`aether.md`). Of rooms and of who is there it has no word.
final class AetherEvents {
  private static final List<OutFrame> NOTHING = List.of();

  /// What the events of a topic are called, where that is not the topic's own name.
  private static final Map<TopicName, String> TYPES =
      Map.of(
          TopicName.VMS, "vm",
          TopicName.JOBS, "job",
          TopicName.NOTIFICATIONS, "notification");

  private AetherEvents() {}

  static Optional<TopicName> topicOf(Event event) {
    return switch (event) {
      case NotificationEvent _ -> Optional.of(TopicName.NOTIFICATIONS);
      case JobEvent _ -> Optional.of(TopicName.JOBS);
      case MetricsEvent _ -> Optional.of(TopicName.METRICS);
      case TopicPublished published -> Optional.of(published.topic());
      case OperationsEvent _,
          RoomEvent _,
          ChatEvent _,
          PresenceEvent _,
          SessionEvent _,
          CustomMessage _,
          NewerEvent _ ->
          Optional.empty();
    };
  }

  static List<OutFrame> encode(Event event) {
    return switch (event) {
      case SessionEvent about -> encode(about);
      case NotificationEvent about -> AetherNotifications.encode(about);
      case JobUpdated(var job, var change) ->
          one(
              "job",
              actionOf(change),
              out -> {
                JobJson.write(out.object("data"), job);
                out.end();
              });
      case MetricsSampled(var sample) ->
          one("metrics", "sample", out -> SystemSampleJson.write(out, sample));
      case TopicPublished(var topic, var action, var data, _) ->
          one(
              TYPES.getOrDefault(topic, topic.value()),
              action,
              out -> out.value("data", data.raw()));
      case CustomMessage(var message) -> FrameEncoder.TEXT.one(out -> out.all(message));
      case OperationsEvent _, RoomEvent _, ChatEvent _, PresenceEvent _, NewerEvent _ -> NOTHING;
    };
  }

  private static List<OutFrame> encode(SessionEvent event) {
    return switch (event) {
      case Welcomed welcomed -> FrameEncoder.TEXT.one(out -> welcomed(out, welcomed));
      case SessionEvent.Expiring _, SessionEvent.Draining _ -> NOTHING;
    };
  }

  private static void welcomed(JsonWriter out, Welcomed welcomed) {
    out.text("type", "connection")
        .text("status", "connected")
        .text("client_id", welcomed.connection().value())
        .time("timestamp", welcomed.at());
  }

  /// It has no word for the end of a job that was cancelled; the status says it.
  private static String actionOf(Change change) {
    return switch (change) {
      case CREATED, UPDATED, COMPLETED, FAILED -> change.word();
      case CANCELLED -> Change.UPDATED.word();
    };
  }

  private static List<OutFrame> one(String type, String action, Consumer<JsonWriter> fields) {
    return FrameEncoder.TEXT.one(
        out -> fields.accept(out.text("type", type).text("action", action)));
  }
}
