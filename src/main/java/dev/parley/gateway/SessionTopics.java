package dev.parley.gateway;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.parley.feed.LoopFeed;
import dev.parley.feed.Subscriber;
import dev.parley.protocol.RejectedException;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.SessionCommand.Subscribe;
import dev.parley.protocol.SessionCommand.Unsubscribe;
import dev.parley.protocol.TopicName;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The topics of one connection. Belongs to its loop.
final class SessionTopics {
  private final Subscriber session;
  private final LoopFeed feed;
  private final int maxTopics;
  private Set<TopicName> topics = Set.of();

  SessionTopics(Subscriber session, LoopFeed feed, int maxTopics) {
    this.session = session;
    this.feed = feed;
    this.maxTopics = maxTopics;
  }

  Reply subscribe(Subscribe command) {
    listen(command.topics());
    return new Reply.Subscriptions(List.copyOf(topics), command.unknown());
  }

  Reply unsubscribe(Unsubscribe command) {
    command.topics().forEach(this::ignore);
    return new Reply.Subscriptions(List.copyOf(topics), List.of());
  }

  boolean listensTo(TopicName topic) {
    return topics.contains(topic);
  }

  /// @throws RejectedException if that would be too many
  void ensureRoomFor(Collection<TopicName> wanted) {
    with(wanted);
  }

  /// Whether it hears of a topic, by its name or by that of all.
  boolean hears(TopicName topic) {
    return topics.contains(topic) || topics.contains(TopicName.ALL);
  }

  /// @throws RejectedException if that would be too many; then nothing changes
  void listen(Collection<TopicName> wanted) {
    Set<TopicName> all = with(wanted);
    if (session.isOpen()) {
      wanted.forEach(topic -> feed.listen(session, topic));
      topics = all;
    }
  }

  void ignore(TopicName topic) {
    if (topics.contains(topic)) {
      topics.remove(topic);
      feed.ignore(session, topic);
    }
  }

  @CanIgnoreReturnValue
  private Set<TopicName> with(Collection<TopicName> wanted) {
    Set<TopicName> all = new TreeSet<>(topics);
    all.addAll(wanted);
    if (all.size() > maxTopics) {
      throw new RejectedException(
          Rejection.invalid(
              "topics", "A connection may subscribe to at most " + maxTopics + " topics"));
    }
    return all;
  }

  void close() {
    topics.forEach(topic -> feed.ignore(session, topic));
    topics = Set.of();
  }
}
