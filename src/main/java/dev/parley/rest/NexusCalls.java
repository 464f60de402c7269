package dev.parley.rest;

import dev.parley.bus.DomainCalls;
import dev.parley.protocol.Caller;
import dev.parley.protocol.Member;
import dev.parley.protocol.Notification;
import dev.parley.protocol.PresenceCommand.GetPresence;
import dev.parley.protocol.PresenceCommand.ListOnline;
import dev.parley.protocol.PresenceState;
import dev.parley.protocol.PresenceStatus;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Reply.MembersPage;
import dev.parley.protocol.Reply.NotificationKept;
import dev.parley.protocol.RoomCommand.ListMembers;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import dev.parley.protocol.json.JsonWriter;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The REST calls of the dialect `nexus` (`nexus.md`).
final class NexusCalls {
  private static final int MAX_ONLINE = 10_000;
  private static final int DEFAULT_ONLINE = 1_000;
  private static final int MAX_MEMBERS = 200;

  private final DomainCalls domains;
  private final Figures.Source figures;
  private final InstantSource clock;

  NexusCalls(DomainCalls domains, Figures.Source figures, InstantSource clock) {
    this.domains = domains;
    this.figures = figures;
    this.clock = clock;
  }

  List<Call> calls() {
    return List.of(
        Call.get("/api/ws/stats", Rights.USER, _ -> stats()),
        Call.get("/api/ws/online", Rights.USER, this::online),
        Call.get("/api/ws/rooms/:room_id", Rights.USER, this::room),
        Call.get("/api/presence/:user_id", Rights.USER, this::presence),
        Call.post("/api/notifications/send", Rights.ADMIN, this::send),
        Call.post("/api/notifications/broadcast", Rights.ADMIN, this::broadcast));
  }

  private Future<Answer> stats() {
    return figures.now().map(now -> Answer.ok(out -> write(out, now)));
  }

  private static void write(JsonWriter out, Figures now) {
    out.number("active_connections", now.totalConnections())
        .number("unique_users", now.uniqueUsers())
        .number("total_rooms", now.rooms())
        .number("messages_sent", now.messagesSent())
        .number("messages_received", now.messagesReceived());
    FiguresJson.rate(out, "messages_per_second", now.messagesPerSecond());
    FiguresJson.seconds(out, now.uptime());
  }

  private Future<Answer> online(Asked asked) {
    ListOnline command =
        new ListOnline(
            asked.query().user("after"),
            asked.query().number("limit", 1, MAX_ONLINE, DEFAULT_ONLINE));
    return domains
        .presence(asked.caller(), command, Reply.UsersOnline.class)
        .map(
            page ->
                Answer.ok(
                    out -> out.texts("online_users", page.users()).number("count", page.total())));
  }

  private Future<Answer> room(Asked asked) {
    RoomName room = asked.path().room("room_id");
    ListMembers command =
        new ListMembers(
            room,
            asked.query().number("limit", 1, MAX_MEMBERS, MAX_MEMBERS),
            asked.query().user("after"));
    return domains
        .ensureMayUse(asked.caller(), room)
        .compose(_ -> domains.room(asked.caller(), room, command, MembersPage.class))
        .compose(page -> statusesOf(page).map(statuses -> answer(page, statuses)));
  }

  /// Of members, whose statuses everybody may know.
  private Future<Map<UserId, PresenceStatus>> statusesOf(MembersPage page) {
    GetPresence command = new GetPresence(page.members().stream().map(Member::user).toList());
    return domains
        .presence(Caller.SERVER, command, Reply.Presences.class)
        .map(
            found ->
                found.users().stream()
                    .collect(
                        Collectors.toMap(
                            PresenceState::user, PresenceState::status, (one, _) -> one)));
  }

  private static Answer answer(MembersPage page, Map<UserId, PresenceStatus> statuses) {
    return Answer.ok(
        out -> {
          out.text("room_id", page.room().value()).array("members");
          for (Member member : page.members()) {
            out.object()
                .text("user_id", member.user().value())
                .text("username", member.username())
                .text("status", statuses.getOrDefault(member.user(), PresenceStatus.ONLINE).word())
                .end();
          }
          out.end().number("count", page.total());
        });
  }

  private Future<Answer> presence(Asked asked) {
    UserId user = asked.path().user("user_id");
    return domains
        .presence(asked.caller(), new GetPresence(List.of(user)), Reply.Presences.class)
        .map(found -> Answer.ok(out -> write(out, asked, found.users().getFirst())));
  }

  /// To strangers the status alone.
  private static void write(JsonWriter out, Asked asked, PresenceState state) {
    out.text("user_id", state.user().value()).text("status", state.status().word());
    boolean inFull =
        state.lastSeen().isPresent() || asked.caller().isAdmin() || asked.caller().is(state.user());
    if (inFull) {
      out.value("status_message", state.statusMessage().orElse(null))
          .value("location", state.location().orElse(null))
          .value("last_seen", state.lastSeen().orElse(null))
          .number("connections", state.connections());
    }
  }

  private Future<Answer> send(Asked asked) {
    return notify(asked, NotificationBody.nexusToUser(asked.body(), clock.instant()))
        .map(
            kept ->
                Answer.ok(out -> writeKept(out, kept).flag("delivered", kept.recipients() > 0)));
  }

  private Future<Answer> broadcast(Asked asked) {
    return notify(asked, NotificationBody.nexusToAll(asked.body(), clock.instant()))
        .map(
            kept -> Answer.ok(out -> writeKept(out, kept).number("recipients", kept.recipients())));
  }

  private Future<NotificationKept> notify(Asked asked, Notification draft) {
    return domains.notify(asked.caller(), draft);
  }

  private static JsonWriter writeKept(JsonWriter out, NotificationKept kept) {
    return out.flag("success", true).text("notification_id", kept.notification().id());
  }
}
