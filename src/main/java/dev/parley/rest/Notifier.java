package dev.parley.rest;

import dev.parley.protocol.Caller;
import dev.parley.protocol.Notification;
import dev.parley.protocol.Notification.Addressee;
import dev.parley.protocol.NotificationCommand.CreateNotification;
import dev.parley.protocol.Reply.NotificationKept;
import dev.parley.protocol.UserId;
import io.vertx.core.Future;

/// Has notifications kept and told.
record Notifier(Domains domains) {
  Future<NotificationKept> create(Caller admin, Notification draft) {
    return domains.notifications(
        admin, userOf(admin, draft), new CreateNotification(draft), NotificationKept.class);
  }

  private static UserId userOf(Caller admin, Notification draft) {
    return switch (draft.addressee()) {
      case Addressee.ToUser(var user) -> user;
      case Addressee.ToRole _, Addressee.ToAll _ -> admin.user();
    };
  }
}
