package dev.parley.dialect;

import dev.parley.protocol.NotificationEvent;
import dev.parley.protocol.NotificationEvent.NotificationCreated;
import dev.parley.protocol.NotificationEvent.NotificationsMarked;
import dev.parley.protocol.NotificationJson;
import java.util.List;

/// What clients of `connect` hear of notifications (`connect.md`). That one was read has no word
/// there.
final class ConnectNotificationEvents {
  private ConnectNotificationEvents() {}

  static List<OutFrame> encode(NotificationEvent event) {
    return switch (event) {
      case NotificationCreated(var notification) ->
          FrameEncoder.TEXT.one(
              out -> {
                NotificationJson.write(
                    out.text("type", "notification").object("notification"), notification);
                out.end();
              });
      case NotificationsMarked _ -> List.of();
    };
  }
}
