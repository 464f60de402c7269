package dev.parley.protocol;

import java.time.Duration;
import java.util.Optional;

/// An expected failure of a command, rendered by the dialect.
///
/// @param text for people; never a class name, a stack trace or another user's data
/// @param field the field at fault, with `VALIDATION_FAILED`
/// @param retryAfter when to try again, with `RATE_LIMIT_EXCEEDED`
public record Rejection(
    ErrorCode code, String text, Optional<String> field, Optional<Duration> retryAfter)
    implements Outcome {
  public static Rejection of(ErrorCode code, String text) {
    return new Rejection(code, text, Optional.empty(), Optional.empty());
  }

  public static Rejection invalid(String field, String text) {
    return new Rejection(ErrorCode.VALIDATION_FAILED, text, Optional.of(field), Optional.empty());
  }

  public static Rejection denied(String text) {
    return of(ErrorCode.PERMISSION_DENIED, text);
  }

  public static Rejection unavailable() {
    return of(
        ErrorCode.UNAVAILABLE,
        "The store is not available; try again with the same client_message_id");
  }

  public static Rejection internal() {
    return of(ErrorCode.INTERNAL_ERROR, "Internal error");
  }

  public static Rejection limited(String text, Duration retryAfter) {
    return new Rejection(
        ErrorCode.RATE_LIMIT_EXCEEDED, text, Optional.empty(), Optional.of(retryAfter));
  }
}
