package dev.parley.protocol;

import dev.parley.protocol.OperationsEvent.Severity;
import dev.parley.protocol.OperationsEvent.UpdateKind;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/// What applications tell of their business, for those who watch it. No dialect decodes to one;
/// nothing of it is kept. Each is answered by [Reply.DONE].
public sealed interface OperationsCommand extends Command {
  /// Something is wrong, or worth knowing.
  ///
  /// @param details what its application adds; empty for nothing
  record RaiseAlert(String alertType, Severity severity, String message, JsonObject details)
      implements OperationsCommand {}

  /// A document of a user is being worked on.
  record StartProcessing(UserId user, String documentId, String filename)
      implements OperationsCommand {}

  /// It is done, well or not.
  record CompleteProcessing(
      UserId user,
      String documentId,
      String filename,
      boolean success,
      Optional<String> error,
      JsonValue result)
      implements OperationsCommand {}

  /// An order, quote, payment or deadline changed.
  ///
  /// @param id a number or text, as its application has it
  /// @param users who hear of it besides those in its room
  record PublishUpdate(
      UpdateKind kind, JsonValue id, Optional<String> status, JsonValue data, List<UserId> users)
      implements OperationsCommand {
    public PublishUpdate {
      users = List.copyOf(users);
    }
  }

  /// Something happened that subscribers of a topic want to know.
  record PublishTopic(TopicName topic, String action, JsonValue data)
      implements OperationsCommand {}
}
