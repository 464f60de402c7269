package dev.parley.feed;

import dev.parley.observe.Meters;
import dev.parley.observe.Meters.Outcome;
import dev.parley.protocol.ChatEvent;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Event;
import dev.parley.protocol.NotificationEvent;
import dev.parley.protocol.NotificationEvent.NotificationCreated;
import dev.parley.protocol.Position;
import dev.parley.protocol.Recipients;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Stamp;
import dev.parley.protocol.Topic;
import dev.parley.protocol.TopicName;
import dev.parley.protocol.UserId;
import dev.parley.store.EventLog;
import dev.parley.store.EventLog.Check;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The feed of one event loop: the audiences of its sessions. Sessions call it on this loop only.
///
/// Joining goes in three steps, so that nothing is lost or doubled between them: [#join] takes a
/// place in the audience without getting anything, the session writes its answer, [#start] writes
/// what was missed and then what comes.
public final class LoopFeed {
  private static final Logger LOG = LoggerFactory.getLogger(LoopFeed.class);

  private final Loop loop;
  private final Hub hub;
  private final EventLog log;
  private final Neighbours neighbours;
  private final FeedLimits limits;
  private final Meters meters;
  private final CatchUpPermits permits;
  private final Map<RoomName, Audience> audiences = new HashMap<>();
  private final Map<UserId, List<Subscriber>> users = new HashMap<>();
  private final Map<ConnectionId, Subscriber> connections = new HashMap<>();
  private final Map<TopicName, Set<Subscriber>> named = new HashMap<>();

  LoopFeed(
      Loop loop,
      Hub hub,
      EventLog log,
      Neighbours neighbours,
      FeedLimits limits,
      int permits,
      Meters meters) {
    this.neighbours = neighbours;
    this.meters = meters;
    this.loop = loop;
    this.hub = hub;
    this.log = log;
    this.limits = limits;
    this.permits = new CatchUpPermits(permits);
  }

  /// A connection is there; it gets no events yet.
  public void register(Subscriber subscriber) {
    connections.put(subscriber.connection(), subscriber);
  }

  /// It is called otherwise from now on.
  public void rename(ConnectionId before, Subscriber subscriber) {
    connections.remove(before);
    register(subscriber);
  }

  /// Its session is open: it gets from now on what is for its user and for everyone.
  public void arrive(Subscriber subscriber) {
    users.merge(subscriber.user(), List.of(subscriber), LoopFeed::concat);
    neighbours.onListening(Topic.of(subscriber.user()));
  }

  /// It is closed.
  public void depart(Subscriber subscriber) {
    connections.remove(subscriber.connection());
    if (sessionsOf(subscriber.user()).contains(subscriber)) {
      users.computeIfPresent(subscriber.user(), (_, list) -> without(list, subscriber));
      neighbours.onSilent(Topic.of(subscriber.user()));
    }
  }

  /// The connections of this loop, as they are now.
  public List<Subscriber> sessions() {
    return List.copyOf(connections.values());
  }

  /// The open sessions of a user on this loop.
  public List<Subscriber> sessionsOf(UserId user) {
    return users.getOrDefault(user, List.of());
  }

  /// Takes a place in a room's audience. Nothing is delivered before [#start].
  ///
  /// @param since the last event the client has seen; empty to begin with the next one
  /// @return fails as the store does; there is no place then
  public Future<Entry> join(Subscriber subscriber, RoomName room, Optional<Position> since) {
    Subscription subscription = subscribe(subscriber, room, true);
    return subscription
        .audience()
        .opened()
        .compose(tail -> enter(subscription, tail, since))
        .onFailure(_ -> leave(subscription));
  }

  /// Writes what was missed, then what comes.
  public void start(Subscription subscription) {
    if (!subscription.isJoined() && !subscription.subscriber().followsConversations()) {
      subscription.goLive();
      return;
    }
    new CatchUp(subscription, log, permits).proceed();
  }

  /// Listens to a room in which the user takes part without joining it. Nothing is delivered before
  /// [#start]; it may be called when `settled` was told, which is told of a subscription that could
  /// not begin too.
  public Subscription follow(Subscriber subscriber, RoomName room, Consumer<Subscription> settled) {
    Subscription subscription = subscribe(subscriber, room, false);
    subscription
        .audience()
        .opened()
        .onComplete(
            tail -> {
              subscription.begin(tail.end(), tail.end());
              settled.accept(subscription);
            },
            _ -> {
              leave(subscription);
              settled.accept(subscription);
            });
    return subscription;
  }

  /// Hears of a topic from now on; repeating it does nothing.
  public void listen(Subscriber subscriber, TopicName topic) {
    if (!named.containsKey(topic)) {
      hub.onListening(topic);
    }
    if (named.computeIfAbsent(topic, _ -> new HashSet<>(2)).add(subscriber)) {
      neighbours.onListening(Topic.of(topic));
    }
  }

  /// Hears of it no more; repeating it does nothing.
  public void ignore(Subscriber subscriber, TopicName topic) {
    Set<Subscriber> listeners = named.getOrDefault(topic, Set.of());
    if (listeners.contains(subscriber)) {
      listeners.remove(subscriber);
      neighbours.onSilent(Topic.of(topic));
      if (listeners.isEmpty()) {
        named.remove(topic);
        hub.onSilent(topic);
      }
    }
  }

  /// Ends a subscription; repeating it does nothing.
  public void leave(Subscription subscription) {
    subscription.end();
    Audience audience = subscription.audience();
    audience.remove(subscription);
    if (audience.isEmpty() && audiences.remove(audience.room(), audience)) {
      hub.detach(audience.room(), this);
    }
  }

  Loop loop() {
    return loop;
  }

  void onOpened(RoomName room, Position position) {
    loop.execute(
        () -> {
          Audience audience = audiences.get(room);
          if (audience != null && !audience.isOpen()) {
            audience.open(position, limits.tail());
          }
        });
  }

  void onOpenFailed(RoomName room, Throwable cause) {
    loop.execute(
        () -> {
          Audience audience = audiences.get(room);
          if (audience != null && !audience.isOpen()) {
            audience.fail(cause);
          }
        });
  }

  /// The store has events of a user's inbox up to `seq`.
  void hearOf(UserId user, long seq) {
    loop.execute(() -> sessionsOf(user).forEach(each -> each.hearOfInbox(seq)));
  }

  void onDelivery(RoomName room, Delivery delivery) {
    loop.execute(
        () -> {
          Audience audience = audiences.get(room);
          int receivers = audience != null && audience.isOpen() ? deliver(audience, delivery) : 0;
          delivery.onLoopDone(receivers, meters);
        });
  }

  void onReset(RoomName room, Delivery delivery, Position head) {
    loop.execute(
        () -> {
          Audience audience = audiences.get(room);
          if (audience != null && audience.isOpen()) {
            reset(audience, delivery, head);
          }
          delivery.onLoopDone(0, meters);
        });
  }

  /// Events for users, for everyone or for several rooms: each session gets them once.
  void onBroadcast(Delivery delivery) {
    loop.execute(
        () -> {
          Set<Subscriber> receivers = new HashSet<>();
          delivery
              .envelope()
              .topics()
              .forEach(topic -> collect(topic, delivery.envelope().event(), receivers));
          receivers.removeIf(subscriber -> isExcept(subscriber, delivery.envelope().except()));
          if (delivery.envelope().event() instanceof NotificationEvent notice
              && !isOfInbox(delivery.envelope())) {
            receivers.removeIf(subscriber -> !subscriber.wants(notice));
          }
          receivers.forEach(subscriber -> deliverTo(subscriber, delivery));
          delivery.onLoopDone(receivers.size(), meters);
        });
  }

  /// Whether it has a place in a user's inbox: each of their sessions has to see it for the order,
  /// and filters it itself.
  private static boolean isOfInbox(Envelope envelope) {
    return envelope.isDurable() && envelope.topics().getFirst() instanceof Topic.OfUser;
  }

  /// Writes an event to those of `recipients` that are here, ready for it or not.
  ///
  /// @return how many there are
  int send(Recipients recipients, Delivery delivery) {
    Set<Subscriber> chosen = choose(recipients);
    chosen.forEach(subscriber -> deliverTo(subscriber, delivery));
    delivery.onLoopDone(chosen.size(), meters);
    return chosen.size();
  }

  int count(Recipients recipients) {
    return choose(recipients).size();
  }

  /// Ends a connection, if it is here.
  int disconnect(ConnectionId connection, CloseCode code) {
    Subscriber subscriber = connections.get(connection);
    if (subscriber == null) {
      return 0;
    }
    subscriber.disconnect(code);
    return 1;
  }

  /// Ends a connection, if it is here and this user's.
  int disconnect(ConnectionId connection, UserId user, CloseCode code) {
    Subscriber subscriber = connections.get(connection);
    return subscriber != null && subscriber.user().equals(user) ? disconnect(connection, code) : 0;
  }

  Future<Void> disconnectAll(Vertx vertx, CloseCode code, Duration window) {
    Promise<Void> done = Promise.promise();
    loop.execute(
        () -> {
          sessions().forEach(each -> disconnectSoon(vertx, each, code, window));
          vertx.setTimer(window.toMillis() + 1, _ -> done.complete());
        });
    return done.future();
  }

  private static void disconnectSoon(
      Vertx vertx, Subscriber subscriber, CloseCode code, Duration window) {
    long delay = ThreadLocalRandom.current().nextLong(window.toMillis() + 1);
    if (delay == 0) {
      subscriber.disconnect(code);
    } else {
      vertx.setTimer(delay, _ -> subscriber.disconnect(code));
    }
  }

  /// @return how many were pinged
  int probe(Predicate<Subscriber> which, Duration timeout) {
    List<Subscriber> probed = sessions().stream().filter(which).toList();
    probed.forEach(each -> each.probe(timeout.toMillis()));
    return probed.size();
  }

  private Set<Subscriber> choose(Recipients recipients) {
    Set<Subscriber> chosen = new HashSet<>();
    switch (recipients) {
      case Recipients.OneConnection(ConnectionId id) ->
          Optional.ofNullable(connections.get(id)).ifPresent(chosen::add);
      case Recipients.OneUser(UserId user) -> chosen.addAll(sessionsOf(user));
      case Recipients.InRoom(RoomName room, Set<ConnectionId> except) -> {
        collectRoom(room, false, chosen);
        chosen.removeIf(subscriber -> except.contains(subscriber.connection()));
      }
      case Recipients.Matching matching ->
          users.values().stream()
              .flatMap(List::stream)
              .filter(each -> each.matches(matching))
              .forEach(chosen::add);
      case Recipients.Hearing(var notification) -> {
        NotificationEvent event = new NotificationCreated(notification);
        collect(Topic.of(notification.addressee()), event, chosen);
        chosen.removeIf(subscriber -> !subscriber.wants(event));
      }
    }
    return chosen;
  }

  private Subscription subscribe(Subscriber subscriber, RoomName room, boolean joined) {
    Audience audience = audiences.get(room);
    if (audience == null) {
      audience = new Audience(room);
      audiences.put(room, audience);
      hub.attach(room, this);
    }
    Subscription subscription =
        new Subscription(subscriber, room, audience, joined, Position.START);
    audience.add(subscription);
    return subscription;
  }

  private Future<Entry> enter(Subscription subscription, Tail tail, Optional<Position> since) {
    if (since.isEmpty()) {
      return Future.succeededFuture(entry(subscription, tail.end(), Optional.empty()));
    }
    Position asked = since.get();
    if (tail.covers(asked)) {
      return Future.succeededFuture(entry(subscription, asked, Optional.of(true)));
    }
    if (tail.end().seq() - asked.seq() > limits.replayEvents()) {
      return Future.succeededFuture(entry(subscription, tail.end(), Optional.of(false)));
    }
    return mayReplay(subscription.room(), asked)
        .map(good -> enterChecked(subscription, asked, good));
  }

  private Entry enterChecked(Subscription subscription, Position asked, boolean good) {
    Position position = good ? asked : subscription.audience().tail().end();
    return entry(subscription, position, Optional.of(good));
  }

  private Future<Boolean> mayReplay(RoomName room, Position asked) {
    return log.check(Envelopes.streamOf(room), asked)
        .compose(
            verdict ->
                verdict == Check.GOOD
                    ? log.bytesAfter(Envelopes.streamOf(room), asked.seq())
                        .map(b -> b <= limits.replayBytes())
                    : Future.succeededFuture(false));
  }

  private Entry entry(Subscription subscription, Position position, Optional<Boolean> recovered) {
    recovered.ifPresent(good -> meters.caughtUp(good ? Outcome.RECOVERED : Outcome.RESET));
    subscription.begin(recovered.orElse(false) ? Position.START : position, position);
    return new Entry(subscription, position, recovered);
  }

  /// @return how many it was written to
  private int deliver(Audience audience, Delivery delivery) {
    Envelope envelope = delivery.envelope();
    envelope.stamp().ifPresent(_ -> audience.tail().add(envelope));
    Optional<Position> place = envelope.stamp().map(Stamp::position);
    int receivers = audience.countJoined(each -> deliverLive(each, place, delivery));
    return envelope.event() instanceof ChatEvent
        ? receivers + audience.countFollowers(each -> deliverConversation(each, place, delivery))
        : receivers;
  }

  private static boolean deliverLive(
      Subscription subscription, Optional<Position> place, Delivery delivery) {
    if (!subscription.isLive()) {
      subscription.miss(delivery.envelope());
      return false;
    }
    boolean wanted =
        subscription.wants(place)
            && !isExcept(subscription.subscriber(), delivery.envelope().except());
    if (wanted) {
      write(subscription, place, delivery);
    }
    return wanted;
  }

  private static boolean deliverConversation(
      Subscription subscription, Optional<Position> place, Delivery delivery) {
    boolean wanted = subscription.wants(place) && subscription.subscriber().followsConversations();
    if (wanted) {
      write(subscription, place, delivery);
    }
    return wanted;
  }

  private static void write(
      Subscription subscription, Optional<Position> place, Delivery delivery) {
    deliverTo(subscription.subscriber(), delivery);
    if (place.isPresent()) {
      subscription.advance(place.get());
    }
  }

  private static boolean isExcept(Subscriber subscriber, Set<ConnectionId> except) {
    return !except.isEmpty() && except.contains(subscriber.connection());
  }

  private void reset(Audience audience, Delivery delivery, Position head) {
    audience.restart(head, limits.tail());
    audience.forEachJoined(
        subscription -> {
          if (subscription.isLive()) {
            subscription.begin(head, Position.START);
            deliverTo(subscription.subscriber(), delivery);
          } else {
            subscription.subscriber().onCatchUpFailed();
          }
        });
    audience.forEachFollower(subscription -> subscription.begin(head, head));
  }

  private void collect(Topic topic, Event event, Set<Subscriber> receivers) {
    switch (topic) {
      case Topic.OfUser(UserId user) -> receivers.addAll(sessionsOf(user));
      case Topic.Everyone _ -> users.values().forEach(receivers::addAll);
      case Topic.OfRole(String role) -> collectRole(role, receivers);
      case Topic.Named(TopicName name) -> receivers.addAll(named.getOrDefault(name, Set.of()));
      case Topic.OfRoom(RoomName room) -> collectRoom(room, event.isForParticipants(), receivers);
    }
  }

  private void collectRole(String role, Set<Subscriber> receivers) {
    users.values().stream()
        .flatMap(List::stream)
        .filter(each -> each.hasRole(role))
        .forEach(receivers::add);
  }

  private void collectRoom(RoomName room, boolean participants, Set<Subscriber> receivers) {
    Audience audience = audiences.get(room);
    if (audience == null) {
      return;
    }
    audience.forEachJoined(subscription -> receivers.add(subscription.subscriber()));
    if (participants) {
      audience.forEachFollower(subscription -> receivers.add(subscription.subscriber()));
    }
  }

  private static void deliverTo(Subscriber subscriber, Delivery delivery) {
    try {
      subscriber.deliver(delivery);
    } catch (RuntimeException fault) {
      LOG.atError()
          .setCause(fault)
          .addKeyValue("connection", subscriber.connection())
          .log("an event could not be written");
    }
  }

  private static List<Subscriber> concat(List<Subscriber> one, List<Subscriber> other) {
    List<Subscriber> all = new ArrayList<>(one);
    all.addAll(other);
    return List.copyOf(all);
  }

  private static @Nullable List<Subscriber> without(List<Subscriber> list, Subscriber subscriber) {
    List<Subscriber> rest = list.stream().filter(each -> !each.equals(subscriber)).toList();
    return rest.isEmpty() ? null : rest;
  }
}
