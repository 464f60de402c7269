package dev.parley.inbox;

import dev.parley.protocol.ChatEvent;
import dev.parley.protocol.ChatEvent.ChatPosted;
import dev.parley.protocol.CustomMessage;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventJson;
import dev.parley.protocol.Fields;
import dev.parley.protocol.JobEvent;
import dev.parley.protocol.MetricsEvent;
import dev.parley.protocol.NewerEvent;
import dev.parley.protocol.NotificationEvent;
import dev.parley.protocol.NotificationEvent.NotificationCreated;
import dev.parley.protocol.OperationsEvent;
import dev.parley.protocol.PresenceEvent;
import dev.parley.protocol.RejectedException;
import dev.parley.protocol.RoomEvent;
import dev.parley.protocol.SessionEvent;
import dev.parley.protocol.Topic;
import dev.parley.protocol.json.JsonFormat;
import dev.parley.store.StoredEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The events of inboxes and rooms as the log keeps them.
final class InboxEvents {
  private static final Logger LOG = LoggerFactory.getLogger(InboxEvents.class);
  private static final String AT = "at";

  private InboxEvents() {}

  /// A direct message with the time that it has no other place for.
  static byte[] encode(CustomMessage message, Instant at) {
    return JsonFormat.TEXT.encode(
        out -> {
          EventJson.write(out.object(), message);
          out.time(AT, at).end();
        });
  }

  /// Empty for what does not wait for anybody: deleted messages, what only newer nodes know.
  static Optional<Waiting> waiting(Topic topic, StoredEvent stored) {
    return envelope(topic, stored).flatMap(envelope -> waiting(envelope, stored));
  }

  private static Optional<Waiting> waiting(Envelope envelope, StoredEvent stored) {
    return timeOf(envelope.event(), stored)
        .map(at -> new Waiting(envelope, at, stored.payload().length));
  }

  static Optional<Envelope> envelope(Topic topic, StoredEvent stored) {
    try {
      Event event = EventJson.decode(stored.payload(), stored.seq());
      return Optional.of(Envelope.durable(event, topic, stored.stamp(), stored.payload()));
    } catch (IllegalArgumentException e) {
      LOG.atDebug().addKeyValue("error", e.getMessage()).log("an event of a newer node waits");
      return Optional.empty();
    }
  }

  private static Optional<Instant> timeOf(Event event, StoredEvent stored) {
    return switch (event) {
      case ChatPosted(var message) ->
          message.deleted() ? Optional.empty() : Optional.of(message.at());
      case NotificationCreated(var notification) -> Optional.of(notification.createdAt());
      case CustomMessage _ -> Optional.of(keptTime(stored));
      case ChatEvent _,
          NotificationEvent _,
          RoomEvent _,
          PresenceEvent _,
          SessionEvent _,
          JobEvent _,
          MetricsEvent _,
          OperationsEvent _,
          NewerEvent _ ->
          Optional.empty();
    };
  }

  /// Unknown times are old.
  private static Instant keptTime(StoredEvent stored) {
    try {
      Fields in = new Fields(JsonFormat.TEXT.decode(stored.payload()));
      return in.optionalTime(AT).orElse(Instant.EPOCH);
    } catch (IOException | RejectedException e) {
      return Instant.EPOCH;
    }
  }
}
