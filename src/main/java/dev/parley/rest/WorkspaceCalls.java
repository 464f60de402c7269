package dev.parley.rest;

import dev.parley.bus.DomainCalls;
import dev.parley.observe.HealthChecks;
import dev.parley.observe.HealthChecks.Report;
import dev.parley.observe.RoomActivity;
import dev.parley.protocol.Notification;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Reply.ActiveRoom;
import dev.parley.protocol.RoomCommand.ListActiveRooms;
import dev.parley.protocol.json.JsonWriter;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The REST calls of the dialect `workspace` that tell how things stand, and notify
/// (`workspace.md`).
final class WorkspaceCalls {
  private static final String CREATED = "notification_created";
  private static final int MAX_ROOMS = 1_000;
  private static final int DEFAULT_ROOMS = 200;

  private final DomainCalls domains;
  private final Figures.Source figures;
  private final HealthChecks health;
  private final InstantSource clock;

  WorkspaceCalls(
      DomainCalls domains, Figures.Source figures, HealthChecks health, InstantSource clock) {
    this.domains = domains;
    this.figures = figures;
    this.health = health;
    this.clock = clock;
  }

  List<Call> calls() {
    return List.of(
        Call.get("/api/v1/ws/stats", Rights.USER, _ -> stats()),
        Call.get("/api/v1/ws/stats/detailed", Rights.ADMIN, _ -> detailed()),
        Call.get("/api/v1/ws/rooms", Rights.USER, this::rooms),
        Call.post("/api/v1/ws/broadcast/notification", Rights.ADMIN, this::broadcast),
        Call.get("/api/v1/ws/health", Rights.OPEN, _ -> answerHealth()));
  }

  private Future<Answer> stats() {
    return figures.now().map(now -> Answer.ok(out -> writeStats(out, now)));
  }

  private static void writeStats(JsonWriter out, Figures figures) {
    out.number("total_connections", figures.totalConnections())
        .number("authenticated_connections", figures.authenticatedConnections())
        .number("rooms_active", figures.rooms());
    FiguresJson.rate(out, "messages_per_second", figures.messagesPerSecond());
    FiguresJson.seconds(out, figures.uptime());
  }

  private Future<Answer> detailed() {
    Report report = health.readiness();
    return figures.now().map(now -> Answer.ok(out -> write(out, now, report)));
  }

  private static void write(JsonWriter out, Figures now, Report report) {
    writeStats(out, now);
    writeDetails(out, now);
    out.text("status", Probes.word(report));
    Probes.writeChecks(out, report);
  }

  private static void writeDetails(JsonWriter out, Figures figures) {
    out.number("unique_users", figures.uniqueUsers())
        .number("messages_sent", figures.messagesSent())
        .number("messages_received", figures.messagesReceived());
    FiguresJson.nodes(out, figures.nodes());
    FiguresJson.counts(out, "dialects", figures.connectionsByDialect());
    FiguresJson.counts(out, "room_types", figures.roomsByKind());
    FiguresJson.counts(out, "errors", figures.errorsByCode());
    FiguresJson.latencies(out, figures.latencies());
    FiguresJson.memory(out, figures.memory());
  }

  private Future<Answer> rooms(Asked asked) {
    ListActiveRooms command =
        new ListActiveRooms(
            asked.query().number("limit", 1, MAX_ROOMS, DEFAULT_ROOMS),
            asked.query().room("after"));
    return domains
        .rooms(asked.caller(), command, Reply.ActiveRooms.class)
        .compose(this::withActivity);
  }

  private Future<Answer> withActivity(Reply.ActiveRooms found) {
    return figures
        .activity(found.rooms().stream().map(ActiveRoom::room).toList())
        .map(
            activity ->
                Answer.list(
                    out ->
                        found
                            .rooms()
                            .forEach(
                                room ->
                                    write(
                                        out,
                                        room,
                                        activity.getOrDefault(room.room(), RoomActivity.NONE)))));
  }

  private static void write(JsonWriter out, ActiveRoom room, RoomActivity activity) {
    out.object()
        .text("room_id", room.room().value())
        .number("user_count", room.members())
        .value("last_activity", room.lastActivity().orElse(null))
        .number("messages_sent", room.messages());
    FiguresJson.rate(out, "avg_users_per_hour", activity.usersPerHour());
    out.end();
  }

  private Future<Answer> broadcast(Asked asked) {
    Optional<String> _ = asked.query().word("event_type", WorkspaceCalls::eventType, CREATED);
    Notification draft = NotificationBody.workspace(asked.body(), clock.instant());
    return domains
        .notify(asked.caller(), draft)
        .map(
            kept ->
                Answer.ok(
                    out ->
                        out.flag("success", true)
                            .text("notification_id", kept.notification().id())
                            .number("recipients", kept.recipients())));
  }

  private static Optional<String> eventType(String word) {
    return Optional.of(word).filter(CREATED::equals);
  }

  private Future<Answer> answerHealth() {
    return Future.succeededFuture(Probes.answer(health.readiness()));
  }
}
