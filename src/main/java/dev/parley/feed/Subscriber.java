package dev.parley.feed;

import dev.parley.protocol.CloseCode;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.NotificationEvent;
import dev.parley.protocol.Recipients;
import dev.parley.protocol.UserId;

/// One session, as the feed sees it. Called on the session's loop only.
public interface Subscriber {
  UserId user();

  ConnectionId connection();

  /// Whether chat of rooms that the user takes part in is for this connection although it did not
  /// join them.
  boolean followsConversations();

  /// Writes a live event. May end the session, which then unsubscribes.
  void deliver(Delivery delivery);

  /// Writes a missed event.
  void replay(Envelope envelope);

  /// The store has events of the user's inbox up to `seq`.
  default void hearOfInbox(long seq) {}

  /// Somebody's rights were taken back: ends the session if its own were.
  default void reviewRights() {}

  /// Whether little enough waits for more missed events to be written. Once false, the subscriber
  /// calls the runnable of [#whenDrained] one time when it is true again.
  boolean isDrained();

  void whenDrained(Runnable next);

  /// A catch-up broke off: the session must end, since it is nowhere now.
  void onCatchUpFailed();

  boolean isOpen();

  boolean hasRole(String role);

  /// Whether it gets a notification that is for its user, or news of those.
  boolean wants(NotificationEvent event);

  /// Whether it is one of those chosen.
  boolean matches(Recipients.Matching recipients);

  /// Pings the client; one that stays silent is cut off.
  void probe(long timeoutMillis);

  /// Ends the session.
  void disconnect(CloseCode code);
}
