package dev.parley.dialect;

import dev.parley.protocol.Command;
import dev.parley.protocol.Fields;
import dev.parley.protocol.Notification.Filter;
import dev.parley.protocol.Notification.Priority;
import dev.parley.protocol.NotificationCommand.ClearNotifications;
import dev.parley.protocol.NotificationCommand.ListNotifications;
import dev.parley.protocol.NotificationCommand.ReadNotifications;
import dev.parley.protocol.SessionCommand.FilterNotifications;
import java.util.List;
import java.util.Optional;

/// What clients may say of notifications, the same in every dialect that has the words.
final class NotificationFields {
  private static final int MAX_WORDS = 100;
  private static final int MAX_WORD = 64;
  private static final int MAX_NAMED = 200;
  private static final int MAX_ID = 64;
  private static final long DEFAULT_PAGE = 50;

  private NotificationFields() {}

  static Command subscribe(Fields in) {
    return new FilterNotifications(Optional.of(filter(in)));
  }

  static Command unsubscribe() {
    return new FilterNotifications(Optional.empty());
  }

  /// What is missing is no condition.
  static Filter filter(Fields in) {
    return new Filter(
        in.texts("categories", MAX_WORDS, MAX_WORD),
        in.texts("modules", MAX_WORDS, MAX_WORD),
        in.list("priorities", MAX_WORDS, NotificationFields::priority));
  }

  /// `critical` is what workspace calls urgent.
  private static Priority priority(Object element) {
    String word = Fields.asText("priorities", element, MAX_WORD);
    return word.equals("critical")
        ? Priority.URGENT
        : Priority.parse(word)
            .orElseThrow(() -> Fields.wrong("priorities", "may name low, normal, high and urgent"));
  }

  static Command list(Fields in, int maxPage) {
    return new ListNotifications(
        in.flag("unread", false),
        in.optionalText("before", MAX_ID),
        in.optionalNumber("limit", 1, maxPage).orElse(Math.min(DEFAULT_PAGE, maxPage)).intValue());
  }

  static Command read(Fields in) {
    return new ReadNotifications(ids(in));
  }

  static Command clear(Fields in) {
    return new ClearNotifications(ids(in));
  }

  /// One, several, or, if `all` is said, none, which means all.
  private static List<String> ids(Fields in) {
    if (in.flag("all", false)) {
      return List.of();
    }
    if (!in.has("notification_ids")) {
      return List.of(in.text("notification_id", MAX_ID));
    }
    List<String> ids = in.texts("notification_ids", MAX_NAMED, MAX_ID);
    if (ids.isEmpty()) {
      throw Fields.wrong("notification_ids", "must name at least one notification");
    }
    return ids;
  }
}
