package dev.parley.operations;

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
import dev.parley.protocol.OperationsEvent.ProcessingStarted;
import dev.parley.protocol.OperationsEvent.Severity;
import dev.parley.protocol.OperationsEvent.TopicPublished;
import dev.parley.protocol.OperationsEvent.UpdateKind;
import dev.parley.protocol.RejectedException;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Topic;
import dev.parley.protocol.TopicName;
import dev.parley.protocol.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What applications tell, as events for those whom it concerns.
final class Announcements {
  private Announcements() {}

  /// @throws RejectedException if nobody can be meant
  static Envelope of(OperationsCommand command, Instant at) {
    return switch (command) {
      case RaiseAlert alert -> alert(alert, at);
      case StartProcessing(var user, var document, var filename) ->
          Envelope.ephemeral(new ProcessingStarted(user, document, filename, at), watchersOf(user));
      case CompleteProcessing done -> completed(done, at);
      case PublishUpdate update -> updated(update, at);
      case PublishTopic(var topic, var action, var data) ->
          Envelope.ephemeral(new TopicPublished(topic, action, data, at), subscribersOf(topic));
    };
  }

  /// What is merely worth knowing is for administrators.
  private static Envelope alert(RaiseAlert alert, Instant at) {
    AlertRaised raised =
        new AlertRaised(alert.alertType(), alert.severity(), alert.message(), alert.details(), at);
    Topic everyone = alert.severity() == Severity.INFO ? Topic.of(RoomName.ADMIN) : Topic.EVERYONE;
    return Envelope.ephemeral(raised, everyone);
  }

  private static Envelope completed(CompleteProcessing done, Instant at) {
    ProcessingCompleted completed =
        new ProcessingCompleted(
            done.user(),
            done.documentId(),
            done.filename(),
            done.success(),
            done.error(),
            done.result(),
            at);
    return Envelope.ephemeral(completed, watchersOf(done.user()));
  }

  private static List<Topic> watchersOf(UserId user) {
    return List.of(Topic.of(RoomName.ofDocuments(user)), Topic.of(RoomName.ALL_DOCUMENT_UPDATES));
  }

  private static Envelope updated(PublishUpdate update, Instant at) {
    List<Topic> concerned = new ArrayList<>();
    String id = idOf(update.id());
    switch (update.kind()) {
      case ORDER, QUOTE -> concerned.add(Topic.of(roomOf(update.kind(), id)));
      case PAYMENT, DEADLINE -> ensureSomebody(update.users());
    }
    update.users().forEach(user -> concerned.add(Topic.of(user)));
    return Envelope.ephemeral(
        new BusinessUpdated(update.kind(), update.id(), update.status(), update.data(), at),
        concerned);
  }

  private static String idOf(JsonValue id) {
    return switch (id.raw()) {
      case String text when !text.isEmpty() -> text;
      case Integer whole -> whole.toString();
      case Long whole -> whole.toString();
      case null, default -> throw wrong("id", "must be text or a whole number");
    };
  }

  private static RoomName roomOf(UpdateKind kind, String id) {
    return kind.room(id)
        .orElseThrow(() -> wrong("id", "names no room: use letters, digits and . _ - : @"));
  }

  /// Of a payment or a deadline only users hear: there is no room for it.
  private static void ensureSomebody(List<UserId> users) {
    if (users.isEmpty()) {
      throw wrong("user_ids", "names nobody");
    }
  }

  private static List<Topic> subscribersOf(TopicName topic) {
    return topic.equals(TopicName.ALL)
        ? List.of(Topic.of(topic))
        : List.of(Topic.of(topic), Topic.of(TopicName.ALL));
  }

  private static RejectedException wrong(String field, String text) {
    return new RejectedException(Rejection.invalid(field, field + " " + text));
  }
}
