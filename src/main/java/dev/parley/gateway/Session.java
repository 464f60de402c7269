package dev.parley.gateway;

import dev.parley.auth.Refusal;
import dev.parley.auth.address.IpAddress;
import dev.parley.bus.Addresses;
import dev.parley.config.QueueConfig;
import dev.parley.dialect.Dialect;
import dev.parley.dialect.InFrame;
import dev.parley.dialect.OutFrame;
import dev.parley.dialect.SessionView;
import dev.parley.feed.Delivery;
import dev.parley.feed.Subscriber;
import dev.parley.gateway.transport.Transport;
import dev.parley.gateway.transport.TransportListener;
import dev.parley.observe.DialectMeters;
import dev.parley.observe.FrameLog;
import dev.parley.observe.Meters;
import dev.parley.protocol.Barrier;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ChatCommand.SetTyping;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.ConnectionCommand.EndEarlier;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Event;
import dev.parley.protocol.InboxCommand.Delivered;
import dev.parley.protocol.JobCommand;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.MetricsCommand;
import dev.parley.protocol.NotificationEvent;
import dev.parley.protocol.OpenConnection;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.PresenceCommand;
import dev.parley.protocol.Recipients;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Request;
import dev.parley.protocol.RoomCommand;
import dev.parley.protocol.RoomEvent;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.SessionCommand;
import dev.parley.protocol.SessionEvent;
import dev.parley.protocol.Topic;
import dev.parley.protocol.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client, from the upgraded socket to its close. Lives on one event loop; everything is called
/// there.
///
/// ```
/// stranger --token--> opening --rooms and opening commands--> open --close, from either side--> closed
/// ```
///
/// Who it is says its [Authentication]; how long it may go on is in its [Lifetime]; what it asks
/// goes through its [Commands]; its rooms are in [SessionRooms], its topics in [SessionTopics];
/// which events it gets, [SessionEvents] decides; all goes out by its [Outbox].
final class Session implements TransportListener, Subscriber, SessionView, Wheel.Timed {
  private static final String UNAUTHORIZED = "Unauthorized";
  private static final Rejection NO_WINDOW =
      Rejection.invalid("batch", "batch must be a number of milliseconds");

  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  private final LoopServices services;
  private final Entrance entrance;
  private final Transport transport;
  private final Outbox outbox;
  private final Commands commands;
  private final SessionRooms rooms;
  private final SessionTopics topics;
  private final SessionInbox inbox;
  private final SessionQueue queue;
  private final Confirmations confirmations;
  private final SessionEvents events;
  private final Lifetime lifetime;
  private final TypingStates typing = new TypingStates();
  private final Authentication authentication;
  private boolean opened;
  private boolean closed;
  private boolean paused;

  Session(LoopServices services, Entrance entrance, Transport transport) {
    this.services = services;
    this.entrance = entrance;
    this.transport = transport;
    this.outbox =
        new Outbox(
            transport,
            entrance.endpoint().encoding(),
            entrance.settings().outbox(),
            entrance.batch().flatMap(Batching::parse).map(this::batching));
    this.commands = new Commands(this, services, entrance);
    Dialect spoken = entrance.dialect();
    this.rooms =
        new SessionRooms(
            this,
            this::caller,
            services.feed(),
            services.bus(),
            entrance.settings().maxRooms(),
            spoken.showsRoomStates(),
            !(spoken.takesQueue() && tells(Dialect.Waiting.CHAT)));
    this.inbox = new SessionInbox(this, services.bus(), tells(Dialect.Waiting.INBOX));
    QueueConfig queueing = entrance.settings().queue();
    this.confirmations =
        new Confirmations(
            this,
            services.bus(),
            transport,
            outbox,
            queueing.confirmInterval(),
            queueing.markInterval());
    this.queue =
        new SessionQueue(
            this,
            services.bus(),
            rooms,
            inbox,
            confirmations,
            spoken.takesQueue(),
            tells(Dialect.Waiting.CHAT),
            queueing.lease().dividedBy(4));
    this.topics = new SessionTopics(this, services.feed(), entrance.settings().maxRooms());
    this.events =
        new SessionEvents(
            this, spoken, outbox, rooms, topics, inbox, confirmations, services.meters());
    this.lifetime = new Lifetime(entrance.settings(), services.clock().millis());
    this.authentication = new Authentication(this, services.identity(), entrance, lifetime);
  }

  // --- who ---

  @Override
  public Caller caller() {
    return authentication.caller();
  }

  @Override
  public UserId user() {
    return caller().user();
  }

  @Override
  public ConnectionId connection() {
    return authentication.connection();
  }

  /// What its dialect calls a connection of this user.
  ConnectionId nameFor(Caller caller) {
    return dialect().nameOf(entrance.connection(), caller, services.clock().instant());
  }

  @Override
  public Optional<RoomName> lastRoom() {
    return rooms.last();
  }

  IpAddress address() {
    return entrance.address();
  }

  /// As administrators see it.
  OpenConnection describe() {
    return new OpenConnection(
        connection(),
        isAuthenticated() ? Optional.of(user()) : Optional.empty(),
        dialect().name(),
        services.node(),
        Instant.ofEpochMilli(entrance.openedAtMillis()),
        address().toString(),
        entrance.client(),
        rooms.joined(),
        transport.bytesIn(),
        transport.bytesOut());
  }

  SessionRooms rooms() {
    return rooms;
  }

  SessionEvents events() {
    return events;
  }

  SessionTopics topics() {
    return topics;
  }

  Authentication authentication() {
    return authentication;
  }

  boolean isAuthenticated() {
    return lifetime.isAuthenticated();
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public boolean followsConversations() {
    return dialect().followsConversations();
  }

  @Override
  public boolean hasRole(String role) {
    return caller().hasRole(role);
  }

  @Override
  public boolean matches(Recipients.Matching wanted) {
    return (wanted.roles().isEmpty() || wanted.roles().stream().anyMatch(caller()::hasRole))
        && (wanted.users().isEmpty() || wanted.users().contains(user()))
        && (wanted.rooms().isEmpty() || rooms.isInAny(wanted.rooms()))
        && (wanted.dialects().isEmpty() || wanted.dialects().contains(dialect().name()))
        && !wanted.excludedUsers().contains(user());
  }

  // --- coming in and going out ---

  /// Begins as the door decided.
  void begin(Admission admission) {
    services.wheel().add(this);
    services.feed().register(this);
    meters().opened();
    authentication.begin(admission);
  }

  /// Nobody knows yet who it is.
  void onStranger() {
    transport.limitInput(entrance.settings().maxStrangerBytes(), false);
  }

  /// It is known who it is: the session opens.
  ///
  /// @param before what the connection was called until now
  void onKnown(ConnectionId before) {
    if (!before.equals(connection())) {
      services.feed().rename(before, this);
    }
    transport.limitInput(entrance.settings().maxMessageBytes(), true);
    Instant now = services.clock().instant();
    write(
        new SessionEvent.Welcomed(
            caller(), connection(), services.node(), entrance.settings().welcome(), now));
    commands.open(dialect().opening(this), rooms.enterFirst(caller().isAdmin()));
  }

  /// A command was answered: what had to wait for that happens now.
  void onAnswered(Barrier command, Outcome outcome) {
    switch (command) {
      case RoomCommand.JoinRoom join -> {
        rooms.onAnswered(join.room());
        rooms.start(join.room());
      }
      case RoomCommand.LeaveRoom _, RoomCommand.WatchRoom _, RoomCommand.UnwatchRoom _ -> {}
      case SessionCommand.ResumeSession resume -> resume.rooms().keySet().forEach(rooms::start);
      case SessionCommand.Authenticate _ -> authentication.onAnswered(outcome);
      case SessionCommand.Subscribe _, SessionCommand.Unsubscribe _ -> {}
      case JobCommand.WatchJobs _ -> events.onJobsTold(outcome);
      case JobCommand.UnwatchJobs _ -> {}
      case MetricsCommand.WatchMetrics _, MetricsCommand.UnwatchMetrics _ -> {}
    }
  }

  /// It is there for others. Events wait for the end of the opening.
  void onOpened() {
    if (closed) {
      return;
    }
    opened = true;
    events.hold();
    meters().began();
    services.feed().arrive(this);
    tellPresence(new PresenceCommand.ConnectionOpened(dialect().name()));
  }

  /// The opening frames are written: events may follow.
  void onOpeningDone() {
    if (closed) {
      return;
    }
    events.release();
    if (entrance.batch().isPresent() && entrance.batch().flatMap(Batching::parse).isEmpty()) {
      write(dialect().encode(NO_WINDOW, JsonValue.NULL));
    }
    if (!dialect().tells().isEmpty()) {
      queue.begin();
    }
  }

  /// Nobody who may be here: says so, and ends.
  void refuse(Rejection rejection) {
    services.meters().error(rejection.code());
    write(dialect().encode(rejection, JsonValue.NULL));
    boolean full = rejection.code() == ErrorCode.TOO_MANY_CONNECTIONS;
    end(CloseCode.POLICY, full ? "Too many connections" : UNAUTHORIZED);
  }

  @Override
  public void reviewRights() {
    if (!closed) {
      authentication.review();
    }
  }

  /// The user was blocked, or the token revoked.
  void onRefused(Refusal refusal) {
    if (refusal == Refusal.BLOCKED) {
      end(CloseCode.FORCED, CloseCode.FORCED.reason());
    } else {
      refuse(Rejection.of(ErrorCode.AUTHENTICATION_FAILED, refusal.text()));
    }
  }

  /// The answer said why.
  void endUnauthorized() {
    end(CloseCode.POLICY, UNAUTHORIZED);
  }

  /// Ends the connection after what was written.
  void end(CloseCode code, String reason) {
    if (!closed) {
      services.meters().closed(code);
      leave();
      outbox.finish();
      transport.close(code, reason);
    }
  }

  /// Ends it with whatever it did not read.
  private void cut(CloseCode code) {
    if (!closed) {
      services.meters().closed(code);
      leave();
      outbox.drop();
      transport.cut();
    }
  }

  @Override
  public void disconnect(CloseCode code) {
    end(code, code.reason());
  }

  /// Gives everything back; nothing is heard or written any more.
  private void leave() {
    closed = true;
    confirmations.close(queue.isFeeding());
    typing.takeAll().forEach(this::publishTyping);
    rooms.close();
    topics.close();
    services.feed().depart(this);
    if (opened) {
      meters().ended();
      tellPresence(new PresenceCommand.ConnectionClosed(dialect().name()));
    }
    authentication.release();
  }

  /// A room of an earlier connection was taken up, or not.
  void count(Meters.Outcome resumed) {
    services.meters().resumed(resumed);
  }

  /// Ends an earlier connection of the same user, on whichever node it is.
  void replace(ConnectionId earlier) {
    if (!earlier.equals(connection())) {
      services
          .bus()
          .send(
              Addresses.connections(services.node()),
              new Request(caller(), new EndEarlier(earlier, user())));
    }
  }

  // --- the socket ---

  @Override
  public void onMessage(InFrame frame) {
    if (closed) {
      return;
    }
    long now = services.clock().millis();
    lifetime.onHeard(now);
    lifetime.onApplied(now);
    meters().received(frame.payload().length);
    if (FrameLog.isOn()) {
      FrameLog.received(connection(), frame.binary(), frame.payload());
    }
    try {
      commands.onFrame(frame);
    } catch (RuntimeException fault) {
      LOG.atError()
          .setCause(fault)
          .addKeyValue("connection", connection())
          .log("a frame could not be handled");
      write(dialect().encode(Rejection.internal(), JsonValue.NULL));
    }
  }

  @Override
  public void onPong() {
    lifetime.onHeard(services.clock().millis());
  }

  @Override
  public void onEcho(long number) {
    if (!closed) {
      confirmations.onEcho(number);
    }
  }

  @Override
  public void onWritable() {
    if (!closed) {
      outbox.onWritable();
    }
  }

  @Override
  public void onViolation(CloseCode code) {
    if (code == CloseCode.TOO_LARGE) {
      write(dialect().encode(Commands.tooLarge(), JsonValue.NULL));
    }
    end(code, code.reason());
  }

  @Override
  public void onClosed(int code) {
    meters().closed();
    outbox.drop();
    if (!closed) {
      services.meters().left();
      leave();
    }
  }

  @Override
  public boolean onTick(Instant now) {
    if (closed) {
      return false;
    }
    typing.takeEnded(now).forEach(this::publishTyping);
    commands.onTick();
    inbox.onTick();
    queue.onTick(now.toEpochMilli());
    confirmations.onTick(now.toEpochMilli());
    act(lifetime.onTick(now.toEpochMilli()));
    return !closed;
  }

  private void act(Lifetime.Due due) {
    switch (due) {
      case Lifetime.Due.Nothing _ -> {}
      case Lifetime.Due.Ping _ -> transport.ping();
      case Lifetime.Due.NoToken _ ->
          refuse(Rejection.of(ErrorCode.AUTHENTICATION_FAILED, "No token came in time"));
      case Lifetime.Due.Notice(Instant expiresAt) ->
          write(new SessionEvent.Expiring(expiresAt, entrance.settings().tokenGrace()));
      case Lifetime.Due.TokenExpired _ ->
          write(
              dialect()
                  .encode(
                      Rejection.of(ErrorCode.TOKEN_EXPIRED, "The token has expired"),
                      JsonValue.NULL));
      case Lifetime.Due.Over(CloseCode code) -> end(code, code.reason());
    }
  }

  /// Sees whether the client is still there: one that stays silent loses its place.
  @Override
  public void probe(long timeoutMillis) {
    long askedAt = services.clock().millis();
    transport.ping();
    services.vertx().setTimer(timeoutMillis, _ -> onProbed(askedAt));
  }

  private void onProbed(long askedAt) {
    if (lifetime.heardAt() < askedAt) {
      cut(CloseCode.GOING_AWAY);
    }
  }

  void pauseReading(boolean pause) {
    if (pause != paused) {
      paused = pause;
      if (pause) {
        transport.pause();
      } else {
        transport.resume();
      }
    }
  }

  // --- what it gets ---

  @Override
  public boolean wants(NotificationEvent event) {
    return events.wants(event);
  }

  void write(List<OutFrame> frames) {
    if (!frames.isEmpty()) {
      lifetime.onApplied(services.clock().millis());
      frames.forEach(this::note);
      outbox.write(frames);
    }
  }

  private void note(OutFrame frame) {
    meters().sent(1, frame.payload().length);
    if (FrameLog.isOn()) {
      FrameLog.sent(connection(), frame.binary(), frame.payload());
    }
  }

  private Batching batching(Duration window) {
    return new Batching(
        window,
        (delay, end) -> services.vertx().setTimer(delay.toMillis(), _ -> end.run()),
        transport::send);
  }

  void write(SessionEvent event) {
    write(dialect().encode(Envelope.ephemeral(event, List.of())));
  }

  @Override
  public void deliver(Delivery delivery) {
    if (!closed) {
      events.deliver(delivery);
    }
  }

  @Override
  public void replay(Envelope envelope) {
    if (!closed) {
      events.replay(envelope);
    }
  }

  @Override
  public void hearOfInbox(long seq) {
    inbox.hearOf(seq);
  }

  /// What was written and not confirmed, as far as it is more than at the last call.
  List<Delivered> takeDelivered() {
    List<Delivered> delivered =
        tells(Dialect.Waiting.CHAT) ? rooms.takeWritten() : new ArrayList<>(1);
    inbox.takeWritten().ifPresent(delivered::add);
    return delivered;
  }

  long now() {
    return services.clock().millis();
  }

  /// Does what an event means for this session.
  void heed(Event event) {
    if (event instanceof RoomEvent about) {
      switch (about) {
        case RoomEvent.RoomRevoked revoked when revoked.user().equals(user()) ->
            onRevoked(revoked.room());
        case RoomEvent.ParticipationBegan began -> rooms.follow(began.room());
        case RoomEvent.ParticipationEnded ended -> rooms.stopFollowing(ended.room());
        case RoomEvent.RoomRevoked _,
            RoomEvent.RoomGranted _,
            RoomEvent.RoomJoined _,
            RoomEvent.RoomLeft _,
            RoomEvent.MembersChanged _,
            RoomEvent.RoomMessage _,
            RoomEvent.RoomStateChanged _,
            RoomEvent.RoomReset _ -> {}
      }
    }
  }

  private void onRevoked(RoomName room) {
    rooms.onRevoked(room);
    write(
        dialect().encode(Rejection.denied("You may no longer be in room " + room), JsonValue.NULL));
  }

  /// Says why if that can still be written.
  void onSlow() {
    if (transport.isWritable()) {
      end(CloseCode.SLOW_CONSUMER, CloseCode.SLOW_CONSUMER.reason());
    } else {
      cut(CloseCode.SLOW_CONSUMER);
    }
  }

  @Override
  public boolean isDrained() {
    return outbox.isDrained();
  }

  @Override
  public void whenDrained(Runnable next) {
    outbox.whenDrained(next);
  }

  @Override
  public void onCatchUpFailed() {
    end(CloseCode.TRY_AGAIN, CloseCode.TRY_AGAIN.reason());
  }

  // --- what it says ---

  /// Keeps when the typing ends by itself.
  Event onTyping(SetTyping command) {
    typing.on(command, services.clock().instant(), entrance.settings().typingTimeout());
    return Gate.typingEvent(this, command);
  }

  private void publishTyping(SetTyping command) {
    Event event = Gate.typingEvent(this, command);
    services
        .bus()
        .publish(Envelope.ephemeral(event, Topic.of(command.room())).except(connection()));
  }

  private void tellPresence(PresenceCommand command) {
    String address = Addresses.presence(services.bus().shards().of(user()));
    services.bus().send(address, new Request(caller(), command));
  }

  private boolean tells(Dialect.Waiting what) {
    return dialect().tells().contains(what);
  }

  private Dialect dialect() {
    return entrance.dialect();
  }

  DialectMeters meters() {
    return entrance.endpoint().meters();
  }
}
