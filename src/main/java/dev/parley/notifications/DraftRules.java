package dev.parley.notifications;

import dev.parley.protocol.Caller;
import dev.parley.protocol.Notification;
import dev.parley.protocol.Notification.Addressee;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.json.JsonFormat;
import java.io.UncheckedIOException;
import java.util.Optional;

/// Who may send notifications, and what one must be like.
final class DraftRules {
  static final int MAX_TITLE = 256;
  static final int MAX_MESSAGE = 4_096;
  static final int MAX_WORD = 64;
  static final int MAX_ROLE = 128;
  static final int MAX_DATA_BYTES = 16 << 10;

  private DraftRules() {}

  /// Why it is not kept; empty if it is.
  static Optional<Rejection> refuse(Caller caller, Notification draft) {
    if (!caller.isAdmin()) {
      return Optional.of(Rejection.denied("Only administrators may send notifications"));
    }
    if (draft.addressee() instanceof Addressee.ToRole(String role) && !fits(role, MAX_ROLE)) {
      return invalid("role", "must have 1–" + MAX_ROLE + " characters");
    }
    if (!fits(draft.title(), MAX_TITLE)) {
      return invalid("title", "must have 1–" + MAX_TITLE + " characters");
    }
    if (draft.message().length() > MAX_MESSAGE) {
      return invalid("message", "must have at most " + MAX_MESSAGE + " characters");
    }
    if (!fits(draft.category(), MAX_WORD)) {
      return invalid("category", "must have 1–" + MAX_WORD + " characters");
    }
    if (draft.module().filter(module -> !fits(module, MAX_WORD)).isPresent()) {
      return invalid("module_name", "must have 1–" + MAX_WORD + " characters");
    }
    return isSmall(draft)
        ? Optional.empty()
        : invalid("data", "must have at most " + MAX_DATA_BYTES + " bytes as JSON");
  }

  private static boolean fits(String text, int max) {
    return !text.isBlank() && text.length() <= max;
  }

  /// Inside of an array, because it is inside of something when it is stored.
  private static boolean isSmall(Notification draft) {
    try {
      byte[] json = JsonFormat.TEXT.encode(out -> out.array().value(draft.data()).end());
      return json.length <= MAX_DATA_BYTES;
    } catch (UncheckedIOException _) {
      return false; // nested too deep
    }
  }

  private static Optional<Rejection> invalid(String field, String text) {
    return Optional.of(Rejection.invalid(field, field + " " + text));
  }
}
