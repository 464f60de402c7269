package dev.parley.rest;

import dev.parley.bus.DomainCalls;
import dev.parley.protocol.Fields;
import dev.parley.protocol.Notification;
import dev.parley.protocol.NotificationCommand;
import dev.parley.protocol.NotificationCommand.ClearNotifications;
import dev.parley.protocol.NotificationCommand.ListNotifications;
import dev.parley.protocol.NotificationCommand.ReadNotifications;
import dev.parley.protocol.OperationsCommand.PublishTopic;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Reply.NotificationsMarked;
import dev.parley.protocol.TopicName;
import dev.parley.protocol.json.JsonWriter;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.InstantSource;
import java.util.List;

/// The REST calls of the dialect `aether` about notifications and topics (`aether.md`).
final class AetherCalls {
  private static final int DEFAULT_PAGE = 50;
  private static final int MAX_PAGE = 200;
  private static final int MAX_ID = 64;
  private static final int MAX_ACTION = 64;

  private final DomainCalls domains;
  private final InstantSource clock;

  AetherCalls(DomainCalls domains, InstantSource clock) {
    this.domains = domains;
    this.clock = clock;
  }

  List<Call> calls() {
    return List.of(
        Call.get("/api/v1/notifications", Rights.GUEST, this::notifications),
        Call.post("/api/v1/notifications", Rights.ADMIN, this::create),
        Call.act(HttpMethod.POST, "/api/v1/notifications/read-all", Rights.USER, this::readAll),
        Call.act(HttpMethod.POST, "/api/v1/notifications/:id/read", Rights.USER, this::read),
        Call.delete("/api/v1/notifications/:id", Rights.USER, this::clear),
        Call.post("/api/v1/topics/:topic", Rights.ADMIN, this::publish));
  }

  private Future<Answer> notifications(Asked asked) {
    ListNotifications command =
        new ListNotifications(
            asked.query().flag("unread"),
            asked.query().text("before", MAX_ID),
            asked.query().number("limit", 1, MAX_PAGE, DEFAULT_PAGE));
    return domains
        .notifications(asked.caller(), asked.caller().user(), command, Reply.Notifications.class)
        .map(AetherCalls::answer);
  }

  private static Answer answer(Reply.Notifications page) {
    return Answer.ok(
        out -> {
          out.array("notifications");
          page.notifications().forEach(each -> write(out.object(), each));
          out.end().number("unread_count", page.unread());
        });
  }

  private static void write(JsonWriter out, Notification.Received received) {
    writeFields(out, received.notification());
    out.flag("read", received.read()).end();
  }

  private static void writeFields(JsonWriter out, Notification notification) {
    out.text("id", notification.id())
        .text("title", notification.title())
        .text("message", notification.message())
        .text("level", notification.level().word())
        .text("category", notification.category())
        .time("created_at", notification.createdAt());
  }

  private Future<Answer> create(Asked asked) {
    Notification draft = NotificationBody.aether(asked.body(), clock.instant());
    return domains
        .notify(asked.caller(), draft)
        .map(
            kept ->
                Answer.of(
                    201,
                    out -> {
                      writeFields(out, kept.notification());
                      out.flag("read", false);
                    }));
  }

  private Future<Answer> read(Asked asked) {
    return mark(asked, new ReadNotifications(List.of(asked.path().text("id", MAX_ID))));
  }

  private Future<Answer> readAll(Asked asked) {
    return mark(asked, new ReadNotifications(List.of()));
  }

  private Future<Answer> clear(Asked asked) {
    return mark(asked, new ClearNotifications(List.of(asked.path().text("id", MAX_ID))));
  }

  private Future<Answer> mark(Asked asked, NotificationCommand command) {
    return domains
        .notifications(asked.caller(), asked.caller().user(), command, NotificationsMarked.class)
        .map(
            marked ->
                Answer.ok(
                    out ->
                        out.flag("success", true)
                            .number("marked", marked.marked())
                            .number("unread_count", marked.unread())));
  }

  private Future<Answer> publish(Asked asked) {
    TopicName topic =
        TopicName.parse(asked.path().text("topic", Integer.MAX_VALUE))
            .orElseThrow(
                () -> Fields.wrong("topic", "must be 1–192 of letters, digits and . _ - : @ | +"));
    PublishTopic command =
        new PublishTopic(
            topic, asked.body().text("action", MAX_ACTION), asked.body().value("data"));
    return domains.operations(asked.caller(), command).map(_ -> Answer.success());
  }
}
