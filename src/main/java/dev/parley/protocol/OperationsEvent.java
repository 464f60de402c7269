package dev.parley.protocol;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// What applications tell of their business. Ephemeral; each matters, so none replaces another.
public sealed interface OperationsEvent extends Event {
  /// How bad an alert is.
  enum Severity {
    INFO,
    WARNING,
    ERROR,
    CRITICAL;

    private final String word = name().toLowerCase(Locale.ROOT);

    /// The word on the wire.
    public String word() {
      return word;
    }

    public static Optional<Severity> parse(String word) {
      for (Severity severity : values()) {
        if (severity.word.equals(word)) {
          return Optional.of(severity);
        }
      }
      return Optional.empty();
    }
  }

  /// What an update is about.
  enum UpdateKind {
    ORDER,
    QUOTE,
    PAYMENT,
    DEADLINE;

    private final String word = name().toLowerCase(Locale.ROOT);

    /// The word on the wire.
    public String word() {
      return word;
    }

    /// The room of those who watch an order or a quote; empty where there is no such room, or none
    /// can bear this id.
    public Optional<RoomName> room(String id) {
      return switch (this) {
        case ORDER, QUOTE -> RoomName.parse(word + "_" + id).filter(_ -> !id.isEmpty());
        case PAYMENT, DEADLINE -> Optional.empty();
      };
    }

    public static Optional<UpdateKind> parse(String word) {
      for (UpdateKind kind : values()) {
        if (kind.word.equals(word)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }

  /// For every authenticated connection; with severity `INFO` for administrators alone.
  ///
  /// @param details empty for nothing
  record AlertRaised(
      String alertType, Severity severity, String message, JsonObject details, Instant at)
      implements OperationsEvent {}

  /// For those who watch the user's documents.
  record ProcessingStarted(UserId user, String documentId, String filename, Instant at)
      implements OperationsEvent {}

  /// For those who watch the user's documents.
  record ProcessingCompleted(
      UserId user,
      String documentId,
      String filename,
      boolean success,
      Optional<String> error,
      JsonValue result,
      Instant at)
      implements OperationsEvent {}

  /// An order, quote, payment or deadline changed.
  record BusinessUpdated(
      UpdateKind kind, JsonValue id, Optional<String> status, JsonValue data, Instant at)
      implements OperationsEvent {}

  /// For the subscribers of a topic.
  record TopicPublished(TopicName topic, String action, JsonValue data, Instant at)
      implements OperationsEvent {}
}
