package dev.parley.protocol;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An event on its way: for whom it is and, if durable, where it stands.
///
/// @param topics a session in several of them gets the event once
/// @param stamp present exactly on durable events, which then have one topic: their stream's
/// @param except connections that know already
public record Envelope(
    Event event, List<Topic> topics, Optional<Stamp> stamp, Set<ConnectionId> except) {
  public Envelope {
    topics = List.copyOf(topics);
    except = Set.copyOf(except);
  }

  public static Envelope ephemeral(Event event, Topic topic) {
    return new Envelope(event, List.of(topic), Optional.empty(), Set.of());
  }

  public static Envelope ephemeral(Event event, List<Topic> topics) {
    return new Envelope(event, topics, Optional.empty(), Set.of());
  }

  public static Envelope durable(Event event, Topic topic, Stamp stamp) {
    return new Envelope(event, List.of(topic), Optional.of(stamp), Set.of());
  }

  public Envelope except(ConnectionId connection) {
    return new Envelope(event, topics, stamp, Set.of(connection));
  }

  public boolean isDurable() {
    return stamp.isPresent();
  }

  /// Whether it must not be dropped as long as there is room for anything.
  public boolean isKept() {
    return isDurable() || event.isKept();
  }
}
