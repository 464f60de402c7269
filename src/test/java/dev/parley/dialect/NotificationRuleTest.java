package dev.parley.dialect;

import static dev.parley.dialect.Samples.ANN;
import static dev.parley.dialect.Samples.AT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Notification;
import dev.parley.protocol.Notification.Addressee;
import dev.parley.protocol.Notification.Filter;
import dev.parley.protocol.Notification.Level;
import dev.parley.protocol.Notification.Priority;
import dev.parley.protocol.NotificationEvent;
import dev.parley.protocol.NotificationEvent.Marking;
import dev.parley.protocol.NotificationEvent.NotificationCreated;
import dev.parley.protocol.NotificationEvent.NotificationsMarked;
import dev.parley.protocol.TopicName;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NotificationRuleTest {
  private static final Filter TABLES = new Filter(List.of(), List.of("tables"), List.of());

  @ParameterizedTest
  @CsvSource(
      useHeadersInDisplayName = true,
      textBlock =
          """
          rule,       to,   topic,         admitted
          ALL,        ann,  ,              true
          ALL,        role, ,              true
          ALL,        all,  ,              true
          ASKED,      ann,  ,              true
          ASKED,      role, ,              false
          ASKED,      all,  ,              false
          ASKED,      all,  notifications, true
          SUBSCRIBED, ann,  ,              false
          SUBSCRIBED, all,  ,              false
          SUBSCRIBED, all,  jobs,          false
          SUBSCRIBED, ann,  notifications, true
          SUBSCRIBED, role, notifications, true
          SUBSCRIBED, all,  all,           true
          """)
  void whoHearsOfOneWithoutAsking(
      NotificationRule rule, String to, @Nullable String topic, boolean admitted) {
    assertThat(admits(rule, created(to, Optional.empty()), Optional.empty(), topic))
        .isEqualTo(admitted);
  }

  @ParameterizedTest
  @CsvSource({"ALL", "ASKED", "SUBSCRIBED"})
  void whatWasAskedForDecides(NotificationRule rule) {
    for (String to : List.of("ann", "role", "all")) {
      assertThat(admits(rule, created(to, Optional.of("tables")), Optional.of(TABLES), null))
          .isTrue();
      assertThat(admits(rule, created(to, Optional.of("files")), Optional.of(TABLES), null))
          .isFalse();
      assertThat(admits(rule, created(to, Optional.empty()), Optional.of(TABLES), null)).isFalse();
      assertThat(admits(rule, created(to, Optional.empty()), Optional.of(Filter.NONE), null))
          .isTrue();
    }
  }

  @Test
  void whoeverHearsOfTheirsHearsWhatIsReadOfThem() {
    NotificationEvent read = new NotificationsMarked(ANN, Marking.READ, List.of(), 0, AT);
    assertThat(admits(NotificationRule.ALL, read, Optional.empty(), null)).isTrue();
    assertThat(admits(NotificationRule.ASKED, read, Optional.of(TABLES), null)).isTrue();
    assertThat(admits(NotificationRule.SUBSCRIBED, read, Optional.empty(), null)).isFalse();
    assertThat(admits(NotificationRule.SUBSCRIBED, read, Optional.empty(), "all")).isTrue();
  }

  private static boolean admits(
      NotificationRule rule,
      NotificationEvent event,
      Optional<Filter> filter,
      @Nullable String topic) {
    Set<TopicName> topics = topic == null ? Set.of() : Set.of(new TopicName(topic));
    return rule.admits(event, filter, topics::contains);
  }

  private static NotificationEvent created(String to, Optional<String> module) {
    Addressee addressee =
        switch (to) {
          case "ann" -> new Addressee.ToUser(ANN);
          case "role" -> new Addressee.ToRole("editor");
          default -> new Addressee.ToAll();
        };
    return new NotificationCreated(
        new Notification(
            "n-1",
            addressee,
            "t",
            "m",
            "system",
            module,
            Priority.NORMAL,
            Level.INFO,
            new JsonObject(),
            AT));
  }
}
