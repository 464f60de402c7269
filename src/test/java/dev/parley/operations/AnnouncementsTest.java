package dev.parley.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.Envelope;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.OperationsCommand;
import dev.parley.protocol.OperationsCommand.CompleteProcessing;
import dev.parley.protocol.OperationsCommand.PublishTopic;
import dev.parley.protocol.OperationsCommand.PublishUpdate;
import dev.parley.protocol.OperationsCommand.RaiseAlert;
import dev.parley.protocol.OperationsCommand.StartProcessing;
import dev.parley.protocol.OperationsEvent.AlertRaised;
import dev.parley.protocol.OperationsEvent.BusinessUpdated;
import dev.parley.protocol.OperationsEvent.ProcessingCompleted;
import dev.parley.protocol.OperationsEvent.Severity;
import dev.parley.protocol.OperationsEvent.UpdateKind;
import dev.parley.protocol.RejectedException;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Topic;
import dev.parley.protocol.TopicName;
import dev.parley.protocol.UserId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// For whom it is what applications tell.
final class AnnouncementsTest {
  private static final Instant AT = Instant.parse("2025-01-31T09:08:07.060Z");
  private static final UserId ANN = new UserId("ann");
  private static final UserId BOB = new UserId("bob");

  @ParameterizedTest
  @EnumSource
  void alertsAreForEverybodyUnlessTheyAreMerelyWorthKnowing(Severity severity) {
    Envelope told =
        Announcements.of(new RaiseAlert("disk", severity, "Full", new JsonObject()), AT);

    assertThat(told.event())
        .isEqualTo(new AlertRaised("disk", severity, "Full", new JsonObject(), AT));
    assertThat(told.topics())
        .containsExactly(severity == Severity.INFO ? Topic.of(RoomName.ADMIN) : Topic.EVERYONE);
  }

  @Test
  void processingIsForThoseWhoWatchTheUsersDocumentsOrAll() {
    List<Topic> watchers =
        List.of(
            Topic.of(new RoomName("document_updates_ann")),
            Topic.of(RoomName.ALL_DOCUMENT_UPDATES));
    assertThat(topics(new StartProcessing(ANN, "d1", "a.pdf"))).isEqualTo(watchers);

    Envelope done =
        Announcements.of(
            new CompleteProcessing(ANN, "d1", "a.pdf", false, Optional.of("torn"), JsonValue.NULL),
            AT);
    assertThat(done.topics()).isEqualTo(watchers);
    assertThat(done.event())
        .isEqualTo(
            new ProcessingCompleted(
                ANN, "d1", "a.pdf", false, Optional.of("torn"), JsonValue.NULL, AT));
  }

  @Test
  void ordersAndQuotesHaveRoomsAndUsersBesides() {
    assertThat(topics(update(UpdateKind.ORDER, 123)))
        .containsExactly(Topic.of(new RoomName("order_123")));
    assertThat(topics(update(UpdateKind.QUOTE, "Q-7", ANN, BOB)))
        .containsExactly(Topic.of(new RoomName("quote_Q-7")), Topic.of(ANN), Topic.of(BOB));
    assertThat(Announcements.of(update(UpdateKind.ORDER, 4_000_000_000L), AT).event())
        .isEqualTo(
            new BusinessUpdated(
                UpdateKind.ORDER,
                new JsonValue(4_000_000_000L),
                Optional.of("new"),
                JsonValue.NULL,
                AT));
  }

  @Test
  void paymentsAndDeadlinesAreForUsersAlone() {
    assertThat(topics(update(UpdateKind.PAYMENT, 1, ANN))).containsExactly(Topic.of(ANN));
    assertThat(topics(update(UpdateKind.DEADLINE, "any id/at all", BOB)))
        .containsExactly(Topic.of(BOB));
    assertRefused(update(UpdateKind.PAYMENT, 1), "user_ids");
    assertRefused(update(UpdateKind.DEADLINE, 1), "user_ids");
  }

  @Test
  void anIdThatNamesNothingIsRefused() {
    assertRefused(update(UpdateKind.ORDER, "a b"), "id");
    assertRefused(update(UpdateKind.ORDER, "x".repeat(128), ANN), "id");
    assertRefused(update(UpdateKind.ORDER, ""), "id");
    assertRefused(update(UpdateKind.QUOTE, 1.5), "id");
    assertRefused(update(UpdateKind.QUOTE, null), "id");
    assertRefused(update(UpdateKind.PAYMENT, new JsonArray(), ANN), "id");
  }

  @Test
  void whoSubscribesToAllHearsOfEveryTopicOnce() {
    assertThat(topics(new PublishTopic(TopicName.VMS, "state_changed", JsonValue.NULL)))
        .containsExactly(Topic.of(TopicName.VMS), Topic.of(TopicName.ALL));
    assertThat(topics(new PublishTopic(TopicName.ALL, "said", JsonValue.NULL)))
        .containsExactly(Topic.of(TopicName.ALL));
  }

  @Test
  void usersWhoseIdsNoRoomCanBearHaveARoomToo() {
    RoomName plain = RoomName.ofDocuments(ANN);
    RoomName barred = RoomName.ofDocuments(new UserId("auth0|1"));
    RoomName another = RoomName.ofDocuments(new UserId("auth0|2"));
    RoomName tooLong = RoomName.ofDocuments(new UserId("x".repeat(128)));
    String hash = barred.value().substring("document_updates_".length());
    RoomName mimic = RoomName.ofDocuments(new UserId(hash));

    assertThat(plain).isEqualTo(new RoomName("document_updates_ann"));
    assertThat(plain.isOfHashedUser()).isFalse();
    assertThat(List.of(barred, another, tooLong, mimic))
        .doesNotHaveDuplicates()
        .allMatch(RoomName::isOfHashedUser);
  }

  private static PublishUpdate update(UpdateKind kind, @Nullable Object id, UserId... users) {
    return new PublishUpdate(
        kind, new JsonValue(id), Optional.of("new"), JsonValue.NULL, List.of(users));
  }

  private static List<Topic> topics(OperationsCommand command) {
    return Announcements.of(command, AT).topics();
  }

  private static void assertRefused(OperationsCommand command, String field) {
    assertThatThrownBy(() -> topics(command))
        .isInstanceOfSatisfying(
            RejectedException.class,
            refused -> assertThat(refused.rejection().field()).contains(field));
  }
}
