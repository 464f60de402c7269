package dev.parley.protocol;

/// What a session listens to; an [Envelope] names the topics it is for. Closed, so that no literal
/// can name one.
public sealed interface Topic {
  /// All that happens in a room. Its durable events are those of the room's stream.
  record OfRoom(RoomName room) implements Topic {}

  /// What is for one user alone, on all of their connections.
  record OfUser(UserId user) implements Topic {}

  /// Every authenticated connection.
  record Everyone() implements Topic {}

  /// Every connection of a user with this role.
  record OfRole(String role) implements Topic {}

  /// What sessions subscribe to by name.
  record Named(TopicName name) implements Topic {}

  Topic EVERYONE = new Everyone();

  static Topic of(RoomName room) {
    return new OfRoom(room);
  }

  static Topic of(UserId user) {
    return new OfUser(user);
  }

  static Topic of(TopicName name) {
    return new Named(name);
  }

  /// Who hears of a notification, of those who want to.
  static Topic of(Notification.Addressee addressee) {
    return switch (addressee) {
      case Notification.Addressee.ToUser(var user) -> of(user);
      case Notification.Addressee.ToRole(String role) -> new OfRole(role);
      case Notification.Addressee.ToAll _ -> EVERYONE;
    };
  }
}
