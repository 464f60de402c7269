package dev.parley.gateway;

import static java.util.stream.Collectors.toSet;

import dev.parley.bus.Addresses;
import dev.parley.bus.MessageBus;
import dev.parley.observe.Pulse;
import dev.parley.protocol.AccessCommand;
import dev.parley.protocol.ChatCommand;
import dev.parley.protocol.ChatCommand.SetTyping;
import dev.parley.protocol.ChatEvent.ChatTyping;
import dev.parley.protocol.Command;
import dev.parley.protocol.ConnectionCommand;
import dev.parley.protocol.CustomCommand;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Event;
import dev.parley.protocol.InboxCommand;
import dev.parley.protocol.JobCommand;
import dev.parley.protocol.JobId;
import dev.parley.protocol.MembershipCommand;
import dev.parley.protocol.MetricsCommand;
import dev.parley.protocol.NotificationCommand;
import dev.parley.protocol.OperationsCommand;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.PresenceCommand;
import dev.parley.protocol.PresenceEvent.CursorMoved;
import dev.parley.protocol.RejectedException;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Request;
import dev.parley.protocol.RoomCommand;
import dev.parley.protocol.RoomCommand.BroadcastToRoom;
import dev.parley.protocol.RoomEvent.RoomMessage;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.SessionCommand;
import dev.parley.protocol.Topic;
import dev.parley.protocol.TopicName;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// The one way of every command: the session's own, to a domain, or, where there is no state to
/// keep, straight to the room. Sees to the seat in the room that a command needs. One per loop;
/// holds no state.
final class Gate {
  private static final Duration PLUG_IN_TIMEOUT = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final MessageBus bus;
  private final Pulse pulse;
  private final InstantSource clock;

  Gate(Vertx vertx, MessageBus bus, Pulse pulse, InstantSource clock) {
    this.vertx = vertx;
    this.bus = bus;
    this.pulse = pulse;
    this.clock = clock;
  }

  /// Decides an authenticated session's command, as soon as this node is up to date. Never fails:
  /// what is refused is a [Rejection].
  Future<Outcome> handle(Session session, Command command) {
    return pulse.isSteady() ? answer(session, command) : handleWhenSteady(session, command);
  }

  /// In the order asked, and on the session's loop.
  private Future<Outcome> handleWhenSteady(Session session, Command command) {
    Context loop = vertx.getOrCreateContext();
    Promise<Outcome> outcome = Promise.promise();
    pulse
        .steady()
        .onComplete(steady -> loop.runOnContext(_ -> decideIf(steady, session, command, outcome)));
    return outcome.future();
  }

  private void decideIf(
      AsyncResult<Void> steady, Session session, Command command, Promise<Outcome> outcome) {
    if (steady.succeeded()) {
      answer(session, command).onComplete(outcome);
    } else {
      outcome.complete(Rejection.unavailable());
    }
  }

  Reply pong() {
    return new Reply.Pong(clock.instant());
  }

  private Future<Outcome> answer(Session session, Command command) {
    try {
      return decide(session, command).otherwise(Gate::toRejection);
    } catch (RejectedException refused) {
      return Future.succeededFuture(refused.rejection());
    }
  }

  private Future<Outcome> decide(Session session, Command command) {
    return switch (command) {
      case SessionCommand own -> decideOwn(session, own);
      case RoomCommand room -> decideRoom(session, room);
      case SetTyping typing -> typing(session, typing);
      case ChatCommand chat -> seatFor(session, chat).compose(_ -> askChat(session, chat));
      case PresenceCommand.MoveCursor move ->
          relay(session, move.room(), () -> toEvent(session, move));
      case PresenceCommand presence -> ask(session, presenceOf(session), presence);
      case JobCommand job -> decideJob(session, job);
      case MetricsCommand metrics -> decideMetrics(session, metrics);
      case NotificationCommand notification -> decideNotification(session, notification);
      case CustomCommand custom -> plugIn(session, custom);
      case MembershipCommand _,
          ConnectionCommand _,
          OperationsCommand _,
          InboxCommand _,
          AccessCommand _ ->
          unknown(command.getClass().getSimpleName());
    };
  }

  private Future<Outcome> decideOwn(Session session, SessionCommand command) {
    return switch (command) {
      case SessionCommand.Ping _ -> Future.succeededFuture(pong());
      case SessionCommand.Acknowledge _ -> Future.succeededFuture(Reply.DONE);
      case SessionCommand.NameMyself(String username) -> {
        session.authentication().nameGuest(username);
        yield Future.succeededFuture(Reply.DONE);
      }
      case SessionCommand.Subscribe subscribe ->
          mayHearOf(session, subscribe.topics()).map(_ -> session.topics().subscribe(subscribe));
      case SessionCommand.Listen(var wanted) -> {
        session.topics().listen(wanted);
        yield Future.succeededFuture(Reply.DONE);
      }
      case SessionCommand.Unsubscribe unsubscribe ->
          Future.succeededFuture(session.topics().unsubscribe(unsubscribe));
      case SessionCommand.FilterNotifications(var filter) -> {
        session.events().filterNotifications(filter);
        yield Future.succeededFuture(Reply.DONE);
      }
      case SessionCommand.Authenticate(String token) -> session.authentication().show(token);
      case SessionCommand.ResumeSession resume -> new Resumption(session, resume).begin();
    };
  }

  private static Future<?> mayHearOf(Session session, List<TopicName> topics) {
    Set<RoomName> rooms = topics.stream().flatMap(topic -> topic.rooms().stream()).collect(toSet());
    return rooms.isEmpty()
        ? Future.succeededFuture()
        : Future.all(rooms.stream().map(session.rooms()::ensureMayHear).toList());
  }

  private Future<Outcome> decideRoom(Session session, RoomCommand command) {
    return switch (command) {
      case RoomCommand.JoinRoom join ->
          session
              .rooms()
              .join(join.room(), join.since())
              .onSuccess(_ -> join.presence().ifPresent(said -> tell(session, said)))
              .map(Outcome.class::cast);
      case RoomCommand.LeaveRoom leave ->
          session.rooms().leave(leave.room()).map(Outcome.class::cast);
      case RoomCommand.ListRooms list ->
          ask(session, Addresses.rooms(bus.shards().of(session.user())), list);
      case BroadcastToRoom cast when !cast.durable() ->
          relay(session, cast.room(), () -> toEvent(session, cast));
      case BroadcastToRoom cast -> seated(session, cast.room(), cast);
      case RoomCommand.ListMembers list ->
          session
              .rooms()
              .ensureMayUse(list.room())
              .compose(_ -> askRooms(session, list.room(), list));
      case RoomCommand.WatchRoom(RoomName room) -> session.rooms().watch(room).map(_ -> Reply.DONE);
      case RoomCommand.UnwatchRoom(RoomName room) -> {
        session.rooms().unwatch(room);
        yield Future.succeededFuture(Reply.DONE);
      }
      case RoomCommand.RecordMessage _ -> unknown("record");
      case RoomCommand.ListConversations _, RoomCommand.ListActiveRooms _ -> unknown("list");
    };
  }

  /// Whoever may not hear of jobs may not ask about them either.
  private Future<Outcome> decideJob(Session session, JobCommand command) {
    return switch (command) {
      case JobCommand.WatchJobs(Optional<JobId> job) -> {
        session.events().awaitJobs();
        yield job.map(id -> watchJob(session, id, command))
            .orElseGet(() -> watchJobs(session, command));
      }
      case JobCommand.UnwatchJobs(Optional<JobId> job) -> {
        job.ifPresentOrElse(
            id -> session.topics().ignore(TopicName.of(id)),
            () -> session.rooms().unwatch(RoomName.BACKGROUND_JOBS));
        yield Future.succeededFuture(Reply.DONE);
      }
      case JobCommand.ListJobs _ ->
          session
              .rooms()
              .ensureMayHear(RoomName.BACKGROUND_JOBS)
              .compose(_ -> askAnyJobs(session, command));
      case JobCommand.UpdateJob _ -> unknown("update");
    };
  }

  private Future<Outcome> watchJob(Session session, JobId job, JobCommand command) {
    return session
        .rooms()
        .ensureMayHear(RoomName.BACKGROUND_JOBS)
        .compose(_ -> askJob(session, job, command));
  }

  private Future<Outcome> askJob(Session session, JobId job, JobCommand command) {
    TopicName topic = TopicName.of(job);
    boolean listened = session.topics().listensTo(topic);
    session.topics().listen(List.of(topic));
    return ask(session, Addresses.jobs(bus.shards().of(job)), command)
        .onSuccess(outcome -> undo(outcome, listened, () -> session.topics().ignore(topic)));
  }

  private Future<Outcome> watchJobs(Session session, JobCommand command) {
    SessionRooms rooms = session.rooms();
    boolean heard = rooms.hears(RoomName.BACKGROUND_JOBS);
    return rooms
        .watch(RoomName.BACKGROUND_JOBS)
        .compose(_ -> askAnyJobs(session, command))
        .onSuccess(outcome -> undo(outcome, heard, () -> rooms.unwatch(RoomName.BACKGROUND_JOBS)));
  }

  /// Who is refused the answer does not listen either, unless they did before.
  private static void undo(Outcome outcome, boolean before, Runnable end) {
    if (outcome instanceof Rejection && !before) {
      end.run();
    }
  }

  /// Any shard knows all jobs.
  private Future<Outcome> askAnyJobs(Session session, JobCommand command) {
    return ask(session, Addresses.jobs(bus.shards().of(session.user())), command);
  }

  private Future<Outcome> decideMetrics(Session session, MetricsCommand command) {
    return switch (command) {
      case MetricsCommand.WatchMetrics _ ->
          session
              .rooms()
              .watch(RoomName.SYSTEM_MONITORING)
              .compose(_ -> ask(session, Addresses.METRICS, command));
      case MetricsCommand.UnwatchMetrics _ -> {
        session.rooms().unwatch(RoomName.SYSTEM_MONITORING);
        yield Future.succeededFuture(Reply.DONE);
      }
      case MetricsCommand.ReadMetrics _ -> ask(session, Addresses.METRICS, command);
    };
  }

  private Future<Outcome> decideNotification(Session session, NotificationCommand command) {
    return switch (command) {
      case NotificationCommand.ListNotifications _,
          NotificationCommand.ReadNotifications _,
          NotificationCommand.ClearNotifications _ ->
          ask(session, Addresses.notifications(bus.shards().of(session.user())), command);
      case NotificationCommand.CreateNotification _ -> unknown("notification");
    };
  }

  private Future<Outcome> seated(Session session, RoomName room, Command command) {
    return session.rooms().ensureSeat(room).compose(_ -> askRooms(session, room, command));
  }

  private static Future<?> seatFor(Session session, ChatCommand command) {
    return command instanceof ChatCommand.SendMessage
        ? session.rooms().ensureSeat(command.room())
        : session.rooms().ensureMayUse(command.room());
  }

  private Future<Outcome> typing(Session session, SetTyping typing) {
    return relay(session, typing.room(), () -> session.onTyping(typing));
  }

  /// For whoever has a right to the room; the newest wins, nobody keeps it.
  private Future<Outcome> relay(Session session, RoomName room, Supplier<Event> event) {
    if (session.rooms().isIn(room)) {
      return Future.succeededFuture(publish(session, room, event.get()));
    }
    return session.rooms().ensureMayUse(room).map(_ -> publish(session, room, event.get()));
  }

  private Outcome publish(Session session, RoomName room, Event event) {
    Envelope envelope = Envelope.ephemeral(event, Topic.of(room));
    bus.publish(event instanceof RoomMessage ? envelope : envelope.except(session.connection()));
    return Reply.DONE;
  }

  private Event toEvent(Session session, BroadcastToRoom cast) {
    return new RoomMessage(
        cast.room(),
        session.user(),
        session.caller().username(),
        cast.event(),
        cast.message(),
        cast.data(),
        clock.instant());
  }

  private static Event toEvent(Session session, PresenceCommand.MoveCursor move) {
    return new CursorMoved(
        move.room(), session.user(), session.caller().username(), move.x(), move.y(), move.cell());
  }

  static ChatTyping typingEvent(Session session, SetTyping typing) {
    return new ChatTyping(
        typing.room(), session.user(), session.caller().username(), typing.typing(), typing.cell());
  }

  private Future<Outcome> askChat(Session session, ChatCommand command) {
    return ask(session, Addresses.chat(bus.shards().of(command.room())), command);
  }

  private Future<Outcome> askRooms(Session session, RoomName room, Command command) {
    return ask(session, Addresses.rooms(bus.shards().of(room)), command);
  }

  private void tell(Session session, PresenceCommand command) {
    bus.send(presenceOf(session), new Request(session.caller(), command));
  }

  private String presenceOf(Session session) {
    return Addresses.presence(bus.shards().of(session.user()));
  }

  private Future<Outcome> ask(Session session, String address, Command command) {
    return bus.request(address, new Request(session.caller(), command));
  }

  private Future<Outcome> plugIn(Session session, CustomCommand command) {
    JsonObject question =
        new JsonObject()
            .put("message", command.message())
            .put("user_id", session.user().value())
            .put("roles", new JsonArray(List.copyOf(session.caller().roles())))
            .put("connection_id", session.connection().value())
            .put("rooms", session.rooms().toJson());
    return bus.ask(Addresses.handler(command.type()), question, PLUG_IN_TIMEOUT)
        .compose(
            answer ->
                answer
                    .<Future<Outcome>>map(body -> Future.succeededFuture(new Reply.Custom(body)))
                    .orElseGet(() -> unknown(command.type())));
  }

  private static Future<Outcome> unknown(String type) {
    return Future.succeededFuture(
        Rejection.of(ErrorCode.UNKNOWN_MESSAGE_TYPE, "Unknown message type: " + type));
  }

  private static Outcome toRejection(Throwable failure) {
    return failure instanceof RejectedException expected
        ? expected.rejection()
        : Rejection.unavailable();
  }
}
