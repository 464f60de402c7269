package dev.parley.dialect;

import dev.parley.protocol.Caller;
import dev.parley.protocol.Command;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Event;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.TopicName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One wire format. Instances are shared by all connections and all threads.
public interface Dialect {
  /// The name in configuration, metrics and broadcast filters.
  String name();

  /// Translates one frame of a client. Never throws: what cannot be translated is a
  /// [Decoded.Refused].
  Decoded decode(InFrame frame, SessionView session);

  /// The commands that a new connection implies, right after its welcome; their replies are encoded
  /// like any other.
  List<Command> opening(SessionView session);

  /// The frames of an event: none, one or several. Depends on the event alone; called once for all
  /// receivers.
  List<OutFrame> encode(Envelope envelope);

  /// The frames of a reply: none, one or several.
  ///
  /// @param id the command's correlation id, [JsonValue#NULL] if it had none
  List<OutFrame> encode(Command command, Reply reply, JsonValue id, SessionView session);

  /// The frames of a refusal.
  List<OutFrame> encode(Rejection rejection, JsonValue id);

  /// What a connection is called from when its user is known.
  ///
  /// @param given what it was called before; no other connection is called so
  default ConnectionId nameOf(ConnectionId given, Caller caller, Instant at) {
    return given;
  }

  /// The topic that a connection must have subscribed to, or else all, to get this event; empty if
  /// it need not have.
  default Optional<TopicName> topicOf(Event event) {
    return Optional.empty();
  }

  /// Whether development mode lets in who names nobody, as a guest with a number.
  default boolean numbersGuests() {
    return false;
  }

  /// Whether a connection may ask for its events in batches.
  default boolean batchesEvents() {
    return false;
  }

  /// Whether connections are shown the whole state of a room after each change.
  default boolean showsRoomStates() {
    return false;
  }

  /// Whether chat of a room reaches every open connection of a participant, joined or not.
  default boolean followsConversations() {
    return false;
  }

  /// Which notifications its connections get.
  default NotificationRule notifications() {
    return NotificationRule.ALL;
  }

  /// What of that which waits for users has words here: its delivery counts.
  default Set<Waiting> tells() {
    return Set.of();
  }

  /// Whether a new connection is fed with what waits, of what this dialect tells.
  default boolean takesQueue() {
    return false;
  }

  /// The frames of an event that waited: those of the event, with `"queued":true`. For dialects of
  /// JSON text.
  default List<OutFrame> encodeQueued(Envelope envelope) {
    return encode(QueuedFrames.unmarked(envelope)).stream().map(QueuedFrames::mark).toList();
  }

  /// What may wait for a user who is away.
  enum Waiting {
    /// The messages of the rooms in which they take part.
    CHAT,
    /// Direct messages and own notifications.
    INBOX
  }
}
