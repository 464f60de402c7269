package dev.parley.rest;

import dev.parley.bus.DomainCalls;
import dev.parley.config.Config;
import dev.parley.observe.HealthChecks;
import dev.parley.observe.HealthChecks.Report;
import dev.parley.protocol.ChatCommand.MarkRead;
import dev.parley.protocol.ChatCommand.PageMessages;
import dev.parley.protocol.Fields;
import dev.parley.protocol.MessageRef;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Reply.Conversation;
import dev.parley.protocol.RoomCommand.ListConversations;
import dev.parley.protocol.RoomKind;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.json.JsonWriter;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The REST calls of the dialect `connect` (`connect.md`).
final class ConnectCalls {
  private static final int DEFAULT_PAGE = 50;
  private static final int MAX_PAGE = 200;
  private static final int MAX_ROOMS = 1_000;
  private static final int MAX_NAMED = 200;
  private static final int MAX_MESSAGE_ID = 64;

  private final DomainCalls domains;
  private final Figures.Source figures;
  private final HealthChecks health;
  private final boolean usesRedis;

  ConnectCalls(DomainCalls domains, Figures.Source figures, HealthChecks health, Config config) {
    this.domains = domains;
    this.figures = figures;
    this.health = health;
    this.usesRedis = config.store().redis().isOn();
  }

  List<Call> calls() {
    return List.of(
        Call.get("/ws/rooms", Rights.USER, this::rooms),
        Call.get("/ws/rooms/:room/messages", Rights.USER, this::messages),
        Call.post("/ws/rooms/:room/mark-read", Rights.USER, this::markRead),
        Call.get("/ws/health", Rights.OPEN, _ -> health()),
        Call.get("/ws/connection-stats", Rights.VISITOR, this::connectionStats));
  }

  private Future<Answer> rooms(Asked asked) {
    ListConversations command =
        new ListConversations(
            asked.query().number("offset", 0, Integer.MAX_VALUE, 0),
            asked.query().number("limit", 1, MAX_ROOMS, MAX_ROOMS));
    return domains
        .rooms(asked.caller(), command, Reply.Conversations.class)
        .map(
            found ->
                Answer.ok(
                    out -> {
                      out.text("status", "success").array("data");
                      found.rooms().forEach(room -> write(out, room));
                      out.end();
                    }));
  }

  private static void write(JsonWriter out, Conversation conversation) {
    out.object()
        .text("room", conversation.room().value())
        .text("type", RoomKind.of(conversation.room()).word())
        .number("unread_count", conversation.unread());
    conversation
        .newest()
        .ifPresentOrElse(
            newest -> {
              ConnectMessage.write(out.object("last_message"), newest);
              out.end().time("last_activity", newest.message().at());
            },
            () -> out.value("last_message", null).value("last_activity", null));
    out.texts("participants", conversation.participants()).end();
  }

  private Future<Answer> messages(Asked asked) {
    PageMessages command =
        new PageMessages(
            asked.path().room("room"),
            asked.query().number("before", 1, Long.MAX_VALUE),
            asked.query().number("after", 0, Long.MAX_VALUE),
            asked.query().number("offset", 0, Long.MAX_VALUE).orElse(0L),
            asked.query().number("limit", 1, MAX_PAGE, DEFAULT_PAGE));
    return domains
        .ensureMayUse(asked.caller(), command.room())
        .compose(_ -> domains.chat(asked.caller(), command, Reply.MessagesPage.class))
        .map(page -> success(out -> write(out, command, page)));
  }

  private static void write(JsonWriter out, PageMessages command, Reply.MessagesPage page) {
    out.array("messages");
    page.messages()
        .forEach(
            placed -> {
              ConnectMessage.write(out.object(), placed);
              out.end();
            });
    out.end()
        .number("total", page.total())
        .number("limit", command.limit())
        .number("offset", command.offset());
  }

  private Future<Answer> markRead(Asked asked) {
    RoomName room = asked.path().room("room");
    List<MessageRef> messages = named(asked.body());
    return domains
        .ensureMayUse(asked.caller(), room)
        .compose(
            _ -> domains.chat(asked.caller(), new MarkRead(room, messages), Reply.Marked.class))
        .map(
            marked ->
                success(
                    out ->
                        out.number("marked", marked.messages())
                            .number("unread_count", marked.unread())));
  }

  private static List<MessageRef> named(Fields in) {
    List<MessageRef> messages = in.list("message_ids", MAX_NAMED, ConnectCalls::toMessage);
    if (messages.isEmpty()) {
      throw Fields.wrong("message_ids", "must name at least one message");
    }
    return messages;
  }

  /// Its number in the room, or its id.
  private static MessageRef toMessage(Object value) {
    if (value instanceof String id && !id.isEmpty() && id.length() <= MAX_MESSAGE_ID) {
      return new MessageRef.ById(id);
    }
    long seq = Fields.asWhole("message_ids", value);
    if (seq < 1) {
      throw Fields.wrong("message_ids", "must hold numbers from 1");
    }
    return new MessageRef.BySeq(seq);
  }

  private Future<Answer> health() {
    Report report = health.readiness();
    return figures
        .now()
        .map(
            now ->
                success(
                    Probes.status(report),
                    out -> {
                      out.text("health_status", Probes.word(report))
                          .number("health_score", Probes.score(report))
                          .value("redis_connected", redis(report));
                      writeTotals(out.object("connection_stats"), now);
                      out.end();
                    }));
  }

  /// Null where there is none.
  private @Nullable Object redis(Report report) {
    return usesRedis ? (Object) Probes.isHealthy(report, "store") : null;
  }

  private Future<Answer> connectionStats(Asked asked) {
    return figures.now().map(now -> success(out -> writeStats(out, asked.visitor(), now)));
  }

  private static void writeStats(JsonWriter out, Visitor visitor, Figures now) {
    writeTotals(out, now);
    if (visitor.administers()) {
      writeDetails(out, now);
    }
  }

  private static void writeTotals(JsonWriter out, Figures figures) {
    out.number("total_connections", figures.totalConnections())
        .number("unique_users", figures.uniqueUsers())
        .number("total_rooms", figures.rooms());
  }

  private static void writeDetails(JsonWriter out, Figures figures) {
    FiguresJson.perUser(out, figures);
    FiguresJson.counts(out, "rooms", figures.roomsByKind());
    FiguresJson.counts(out, "messages_by_room_type", figures.messagesByRoomKind());
    FiguresJson.counts(out, "errors", figures.errorsByCode());
  }

  private static Answer success(Consumer<JsonWriter> data) {
    return success(200, data);
  }

  private static Answer success(int status, Consumer<JsonWriter> data) {
    return Answer.of(
        status,
        out -> {
          data.accept(out.text("status", "success").object("data"));
          out.end();
        });
  }
}
