package dev.parley.api;

import dev.parley.observe.AllFigures;
import dev.parley.observe.Latency;
import dev.parley.observe.NodeFigures;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.RoomKind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/// The JSON of what is going on, in the whole cluster.
final class StatsJson {
  private static final double NANOS_PER_MILLI = 1e6;

  private StatsJson() {}

  static JsonObject of(int connections, int users, int rooms, AllFigures all) {
    NodeFigures figures = all.together();
    return new JsonObject()
        .put("connections", connections)
        .put("users", users)
        .put("rooms", rooms)
        .put("authenticated_connections", figures.authenticatedConnections())
        .put("connections_by_dialect", counts(figures.connectionsByDialect(), name -> name))
        .put("connections_per_user", perUser(figures, users))
        .put("rooms_by_type", counts(figures.roomsByKind(), RoomKind::word))
        .put("messages_sent", figures.messagesSent())
        .put("messages_received", figures.messagesReceived())
        .put("messages_per_second", rounded(figures.messagesPerSecond()))
        .put("messages_by_room_type", counts(figures.messagesByRoomKind(), RoomKind::word))
        .put("errors", counts(figures.errorsByCode(), ErrorCode::name))
        .put("latencies", latencies(figures))
        .put("uptime_seconds", figures.uptimeSeconds())
        .put("heap_used", figures.heapUsed())
        .put("heap_max", figures.heapMax())
        .put("nodes", nodes(all));
  }

  private static JsonObject perUser(NodeFigures figures, int users) {
    return new JsonObject()
        .put("max", figures.maxConnectionsPerUser())
        .put("mean", rounded(figures.withUsers(users).meanConnectionsPerUser()));
  }

  private static JsonArray nodes(AllFigures all) {
    return new JsonArray(all.byNode().keySet().stream().map(NodeId::value).toList());
  }

  private static <K> JsonObject counts(Map<K, Long> counts, Function<K, String> word) {
    JsonObject json = new JsonObject();
    counts.forEach((key, count) -> json.put(word.apply(key), count));
    return json;
  }

  private static JsonObject latencies(NodeFigures figures) {
    JsonObject json = new JsonObject();
    figures.latencies().forEach((command, latency) -> put(json, command, latency));
    return json;
  }

  /// What never happened is left out.
  private static void put(JsonObject json, String command, Latency latency) {
    latency
        .mean()
        .ifPresent(
            mean ->
                json.put(
                    command,
                    new JsonObject()
                        .put("count", latency.count())
                        .put("mean_ms", millis(mean))
                        .put("p50_ms", percentile(latency, 50))
                        .put("p95_ms", percentile(latency, 95))
                        .put("p99_ms", percentile(latency, 99))));
  }

  private static double percentile(Latency latency, double percent) {
    return latency.percentile(percent).map(StatsJson::millis).orElse(0.0);
  }

  private static double millis(Duration duration) {
    return Math.rint(duration.toNanos() / NANOS_PER_MILLI * 1_000) / 1_000;
  }

  private static double rounded(double value) {
    return Math.rint(value * 100) / 100;
  }
}
