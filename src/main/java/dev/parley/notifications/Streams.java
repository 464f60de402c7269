package dev.parley.notifications;

import dev.parley.protocol.Caller;
import dev.parley.protocol.Notification.Addressee;
import dev.parley.protocol.StreamId;
import java.util.ArrayList;
import java.util.List;

/// Where the notifications of an addressee stand.
final class Streams {
  /// Of more roles a user gets those that come first by name.
  static final int MAX_ROLES = 32;

  private Streams() {}

  static StreamId of(Addressee addressee) {
    return switch (addressee) {
      case Addressee.ToUser(var user) -> StreamId.of(user);
      case Addressee.ToRole(String role) -> StreamId.noticesFor(role);
      case Addressee.ToAll _ -> StreamId.NOTICES_FOR_ALL;
    };
  }

  /// All whose notifications are for the caller.
  static List<StreamId> visibleTo(Caller caller) {
    List<StreamId> streams = new ArrayList<>();
    streams.add(StreamId.of(caller.user()));
    streams.add(StreamId.NOTICES_FOR_ALL);
    caller.roles().stream()
        .sorted()
        .limit(MAX_ROLES)
        .map(StreamId::noticesFor)
        .forEach(streams::add);
    return streams;
  }
}
