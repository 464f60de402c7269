package dev.parley.protocol;

/// What is asked of the server: by a client through a dialect, or by a verticle through a public
/// address. Adding a record to a family makes the compiler list what must learn of it.
public sealed interface Command
    permits SessionCommand,
        RoomCommand,
        ChatCommand,
        PresenceCommand,
        MembershipCommand,
        ConnectionCommand,
        JobCommand,
        MetricsCommand,
        NotificationCommand,
        OperationsCommand,
        InboxCommand,
        AccessCommand,
        CustomCommand,
        Barrier {

  /// Whether this is ephemeral input (cursor, selection, typing): the newest wins, and it does not
  /// count against the message quota.
  default boolean isEphemeral() {
    return false;
  }
}
