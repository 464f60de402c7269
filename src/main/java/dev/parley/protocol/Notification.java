package dev.parley.protocol;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A notice that is kept: for one user, for those with a role, or for all.
///
/// @param module the part of an application it comes from; empty if it says none
/// @param data what its application adds; empty for nothing
public record Notification(
    String id,
    Addressee addressee,
    String title,
    String message,
    String category,
    Optional<String> module,
    Priority priority,
    Level level,
    JsonObject data,
    Instant createdAt) {

  /// For whom a notification is.
  public sealed interface Addressee {
    record ToUser(UserId user) implements Addressee {}

    record ToRole(String role) implements Addressee {}

    record ToAll() implements Addressee {}
  }

  /// How much it matters; urgent ones go out first.
  public enum Priority {
    LOW,
    NORMAL,
    HIGH,
    URGENT;

    private final String word = name().toLowerCase(Locale.ROOT);

    /// The word on the wire, of all dialects but workspace.
    public String word() {
      return word;
    }

    public static Optional<Priority> parse(String word) {
      for (Priority priority : values()) {
        if (priority.word.equals(word)) {
          return Optional.of(priority);
        }
      }
      return Optional.empty();
    }
  }

  /// What kind it is.
  public enum Level {
    INFO,
    SUCCESS,
    WARNING,
    ERROR,
    CRITICAL;

    private final String word = name().toLowerCase(Locale.ROOT);

    /// The word on the wire, of all dialects but nexus.
    public String word() {
      return word;
    }

    public static Optional<Level> parse(String word) {
      for (Level level : values()) {
        if (level.word.equals(word)) {
          return Optional.of(level);
        }
      }
      return Optional.empty();
    }
  }

  /// A notification as it is for one user.
  public record Received(Notification notification, boolean read) {}

  /// Which notifications a connection wants; an empty list is no condition.
  public record Filter(List<String> categories, List<String> modules, List<Priority> priorities) {
    public static final Filter NONE = new Filter(List.of(), List.of(), List.of());

    public Filter {
      categories = List.copyOf(categories);
      modules = List.copyOf(modules);
      priorities = List.copyOf(priorities);
    }

    public boolean admits(Notification notification) {
      return (categories.isEmpty() || categories.contains(notification.category()))
          && (modules.isEmpty() || notification.module().filter(modules::contains).isPresent())
          && (priorities.isEmpty() || priorities.contains(notification.priority()));
    }
  }
}
