package dev.parley.notifications;

import dev.parley.kit.DomainKit;

final class EmbeddedNotificationsTest extends NotificationsContract {
  @Override
  DomainKit open() {
    return new DomainKit(2);
  }
}
