package dev.parley.dialect;

import static dev.parley.dialect.Samples.ANN;
import static dev.parley.dialect.Samples.AT;
import static dev.parley.dialect.Samples.CLOCK;
import static dev.parley.dialect.Samples.live;
import static dev.parley.dialect.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Notification;
import dev.parley.protocol.Notification.Addressee;
import dev.parley.protocol.Notification.Level;
import dev.parley.protocol.Notification.Priority;
import dev.parley.protocol.NotificationEvent;
import dev.parley.protocol.NotificationEvent.Marking;
import dev.parley.protocol.NotificationEvent.NotificationCreated;
import dev.parley.protocol.NotificationEvent.NotificationsMarked;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// One notification in the words of each dialect.
final class NotificationEventsTest {
  private static final NotificationEvent TO_ANN =
      new NotificationCreated(
          notification(
              new Addressee.ToUser(ANN),
              Optional.of("tables"),
              Priority.URGENT,
              Level.CRITICAL,
              new JsonObject().put("sheet", 7)));
  private static final NotificationEvent TO_ALL =
      new NotificationCreated(
          notification(
              new Addressee.ToAll(),
              Optional.empty(),
              Priority.NORMAL,
              Level.INFO,
              new JsonObject()));
  private static final NotificationEvent READ =
      new NotificationsMarked(ANN, Marking.READ, List.of("n-1", "n-2"), 3, AT);
  private static final NotificationEvent ALL_CLEARED =
      new NotificationsMarked(ANN, Marking.CLEARED, List.of(), 0, AT);

  private final Dialect connect = new ConnectDialect(DialectLimits.DEFAULTS, CLOCK);
  private final Dialect nexus = new NexusDialect(DialectLimits.DEFAULTS, CLOCK);

  @Test
  void inConnect() {
    assertThat(texts(connect.encode(live(TO_ANN))))
        .containsExactly(
            """
            {"type":"notification","notification":{"id":"n-1","user_id":"ann","title":"Stop",\
            "message":"now","category":"system","module":"tables","priority":"urgent",\
            "level":"critical","data":{"sheet":7},"created_at":"2025-01-31T09:08:07.060Z"}}\
            """);
    assertThat(texts(connect.encode(live(TO_ALL))))
        .containsExactly(
            """
            {"type":"notification","notification":{"id":"n-1","title":"Stop","message":"now",\
            "category":"system","priority":"normal","level":"info",\
            "created_at":"2025-01-31T09:08:07.060Z"}}\
            """);
    assertThat(connect.encode(live(READ))).isEmpty();
    assertThat(connect.encode(live(ALL_CLEARED))).isEmpty();
  }

  @Test
  void inNexus() {
    assertThat(texts(nexus.encode(live(TO_ANN))))
        .containsExactly(
            """
            {"event_type":"notification","notification_id":"n-1","title":"Stop","message":"now",\
            "notification_type":"alert","priority":"urgent",\
            "timestamp":"2025-01-31T09:08:07.060Z","data":{"sheet":7}}\
            """);
    assertThat(texts(nexus.encode(live(TO_ALL))))
        .containsExactly(
            """
            {"event_type":"notification","notification_id":"n-1","title":"Stop","message":"now",\
            "notification_type":"info","priority":"normal",\
            "timestamp":"2025-01-31T09:08:07.060Z","data":{}}\
            """);
    assertThat(texts(nexus.encode(live(READ))))
        .containsExactly(
            """
            {"event_type":"notification.read","notification_id":"n-1","unread_count":3,\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """,
            """
            {"event_type":"notification.read","notification_id":"n-2","unread_count":3,\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """);
    assertThat(texts(nexus.encode(live(ALL_CLEARED))))
        .containsExactly(
            """
            {"event_type":"notification.clear","all":true,"unread_count":0,\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """);
  }

  private static Notification notification(
      Addressee addressee,
      Optional<String> module,
      Priority priority,
      Level level,
      JsonObject data) {
    return new Notification(
        "n-1", addressee, "Stop", "now", "system", module, priority, level, data, AT);
  }
}
