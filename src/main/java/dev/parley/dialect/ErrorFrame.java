package dev.parley.dialect;

import dev.parley.protocol.Rejection;
import dev.parley.protocol.json.JsonWriter;
import java.time.Duration;
import java.time.Instant;

/// The fields that an error has in every dialect (`connection.md`), but for its type and its
/// correlation id.
final class ErrorFrame {
  private ErrorFrame() {}

  static void write(JsonWriter out, Rejection rejection, Instant at) {
    out.text("error", rejection.text())
        .text("code", rejection.code().name())
        .text("field", rejection.field());
    rejection.retryAfter().ifPresent(wait -> out.number("retry_after", wholeSeconds(wait)));
    out.time("timestamp", at).text("message", rejection.text());
  }

  /// Not too early: a part of a second counts as one.
  private static long wholeSeconds(Duration wait) {
    return Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
  }
}
