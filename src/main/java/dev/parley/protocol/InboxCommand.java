package dev.parley.protocol;

import io.vertx.core.json.JsonObject;
import java.util.List;

/// About what waits for users who are away. No dialect decodes to one.
public sealed interface InboxCommand extends Command {
  /// Keeps a message for a user, then writes it to the connections they have. Answered by
  /// [Reply.Delivered]: to how many; with none it waits.
  record SendDirect(UserId user, JsonObject message) implements InboxCommand {}

  /// The caller's connection is open and hears its user's inbox from now on. Answered by
  /// [Reply.InboxOpened].
  ///
  /// @param feed whether what waits is asked for too: of several connections one gets it
  /// @param chat whether the chat of rooms is part of that
  record OpenInbox(boolean feed, boolean chat) implements InboxCommand {}

  /// What the caller's inbox holds after a position. Answered by [Reply.InboxPage].
  record ReadInbox(Position after) implements InboxCommand {}

  /// The caller's client has received all this. Answered by [Reply.Done].
  ///
  /// @param received of these messages the senders are told
  /// @param fed whether that was what waited: another connection may be fed from now on
  record NoteDelivered(List<Delivered> delivered, List<Received> received, boolean fed)
      implements InboxCommand {
    public NoteDelivered {
      delivered = List.copyOf(delivered);
      received = List.copyOf(received);
    }
  }

  /// A stretch of a stream that has reached a client.
  ///
  /// @param after before its first event
  record Delivered(StreamId stream, long after, Position upTo) {}

  /// A message that somebody who was away has received.
  record Received(RoomName room, String messageId, long seq, UserId sender) {}
}
