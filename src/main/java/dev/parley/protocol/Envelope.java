package dev.parley.protocol;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An event on its way: for whom it is and, if durable, where it stands.
///
/// @param topics a session in several of them gets the event once
/// @param stamp present exactly on durable events, which then have one topic: their stream's
/// @param payload a durable event as the log keeps it, where that is at hand; not to be changed
/// @param except connections that know already
public record Envelope(
    Event event,
    List<Topic> topics,
    Optional<Stamp> stamp,
    Optional<byte[]> payload,
    Set<ConnectionId> except) {
  public Envelope {
    topics = List.copyOf(topics);
    except = Set.copyOf(except);
  }

  public static Envelope ephemeral(Event event, Topic topic) {
    return ephemeral(event, List.of(topic));
  }

  public static Envelope ephemeral(Event event, List<Topic> topics) {
    return new Envelope(event, topics, Optional.empty(), Optional.empty(), Set.of());
  }

  public static Envelope durable(Event event, Topic topic, Stamp stamp) {
    return new Envelope(event, List.of(topic), Optional.of(stamp), Optional.empty(), Set.of());
  }

  /// @param payload the event as the log keeps it; not to be changed
  public static Envelope durable(Event event, Topic topic, Stamp stamp, byte[] payload) {
    return new Envelope(event, List.of(topic), Optional.of(stamp), Optional.of(payload), Set.of());
  }

  public Envelope except(ConnectionId connection) {
    return except(Set.of(connection));
  }

  public Envelope except(Set<ConnectionId> connections) {
    return new Envelope(event, topics, stamp, payload, connections);
  }

  /// With another event in its place, which no log keeps.
  public Envelope with(Event other) {
    return new Envelope(other, topics, stamp, Optional.empty(), except);
  }

  public boolean isDurable() {
    return stamp.isPresent();
  }

  /// Whether it must not be dropped as long as there is room for anything.
  public boolean isKept() {
    return isDurable() || event.isKept();
  }
}
