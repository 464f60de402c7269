package dev.parley.bus;

import dev.parley.protocol.Caller;
import dev.parley.protocol.Command;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.RejectedException;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Request;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The only caller of the event bus.
///
/// Requests to domains and events of sessions pass by reference within the node. JSON addresses,
/// for verticles of other people, may cross nodes. Everything may be called from any thread;
/// futures complete on the caller's context.
public final class MessageBus {
  private static final Logger LOG = LoggerFactory.getLogger(MessageBus.class);

  private final EventBus events;
  private final Shards shards;
  private final DeliveryOptions internal;
  private final DeliveryOptions announced;
  private final DeliveryOptions answers;
  private volatile Consumer<Envelope> subscriber = envelope -> {};
  private volatile Consumer<Envelope> local = envelope -> {};

  /// @param timeout how long a request waits for its answer
  public MessageBus(Vertx vertx, Shards shards, Duration timeout) {
    this.events = vertx.eventBus();
    this.shards = shards;
    ByReference<Request> requests = new ByReference<>(Request.class);
    ByReference<Outcome> outcomes = new ByReference<>(Outcome.class);
    AnnouncementCodec announcements = new AnnouncementCodec();
    events.registerCodec(announcements);
    events.registerCodec(requests);
    events.registerCodec(outcomes);
    this.internal =
        new DeliveryOptions()
            .setLocalOnly(true)
            .setCodecName(requests.name())
            .setSendTimeout(timeout.toMillis());
    this.announced = new DeliveryOptions().setCodecName(announcements.name());
    this.answers = new DeliveryOptions().setLocalOnly(true).setCodecName(outcomes.name());
  }

  public Shards shards() {
    return shards;
  }

  /// Asks a domain of this node. A domain that does not answer in time is a [Rejection] too; the
  /// future never fails.
  public Future<Outcome> request(String address, Request request) {
    return events
        .<Outcome>request(address, request, internal)
        .map(Message::body)
        .otherwise(failure -> onUnanswered(address, request.command(), failure));
  }

  /// Asks a domain of this node for one kind of reply.
  ///
  /// @return fails with [RejectedException] if it is refused
  public <T extends Reply> Future<T> call(String address, Request request, Class<T> reply) {
    return request(address, request).map(outcome -> expect(outcome, reply));
  }

  private static <T extends Reply> T expect(Outcome outcome, Class<T> reply) {
    return switch (outcome) {
      case Rejection rejection -> throw new RejectedException(rejection);
      case Reply given -> reply.cast(given);
    };
  }

  /// Tells a domain of this node, without an answer.
  public void send(String address, Request request) {
    events.send(address, request, internal);
  }

  /// Brings an event to the sessions that listen, and to applications.
  public void publish(Envelope envelope) {
    subscriber.accept(envelope);
    announce(envelope);
  }

  /// Brings an event to the sessions of this node alone. Every other node finds out itself, and one
  /// of them tells applications.
  public void deliver(Envelope envelope) {
    local.accept(envelope);
  }

  /// Tells applications alone of an event.
  public void announce(Envelope envelope) {
    Announcement.of(envelope).ifPresent(this::announce);
  }

  /// Brings an event to further sessions; applications heard of it when it was published.
  public void publishFurther(Envelope envelope) {
    subscriber.accept(envelope);
  }

  private void announce(Announcement news) {
    events.publish(Addresses.events(news.domain()), news, announced);
  }

  /// Sets who brings events to the sessions: one per node, before anything is published.
  public void onPublish(Consumer<Envelope> hub) {
    subscriber = hub;
  }

  /// Sets who brings events to the sessions of this node: one per node, before anything is
  /// delivered.
  public void onDeliver(Consumer<Envelope> hub) {
    local = hub;
  }

  /// Serves an internal address: `handler` is called in order on the caller's context. Faults are
  /// logged here, once.
  public MessageConsumer<Request> serve(
      String address, Function<Request, Future<? extends Outcome>> handler) {
    return events.localConsumer(address, message -> answer(message, handler));
  }

  /// Serves the commands of one family; others are faults.
  public <C extends Command> MessageConsumer<Request> serve(
      String address, Class<C> family, BiFunction<Caller, C, Future<? extends Outcome>> handler) {
    return serve(
        address, request -> handler.apply(request.caller(), expect(request.command(), family)));
  }

  private static <C extends Command> C expect(Command command, Class<C> family) {
    if (!family.isInstance(command)) {
      throw new MisdirectedException(command);
    }
    return family.cast(command);
  }

  /// Asks whoever registered a JSON address, on any node.
  ///
  /// @return empty if nobody did; fails with [RejectedException]: with the error code that they
  ///   failed the message with, `INTERNAL_ERROR` for any other failure of theirs, `UNAVAILABLE` if
  ///   they did not answer in time
  public Future<Optional<JsonObject>> ask(String address, JsonObject question, Duration timeout) {
    DeliveryOptions options = new DeliveryOptions().setSendTimeout(timeout.toMillis());
    return events
        .<Object>request(address, question, options)
        .map(message -> Optional.of(Hooks.toAnswer(message)))
        .recover(failure -> Hooks.onFailure(address, failure));
  }

  /// Serves a public JSON address. A [RejectedException] becomes a failure with the error code as
  /// message and an HTTP-like number.
  public MessageConsumer<Object> servePublic(
      String address, Function<JsonObject, Future<JsonObject>> handler) {
    return events.consumer(address, message -> PublicAnswers.answer(message, handler));
  }

  /// How verticles of other people ask the public addresses.
  ///
  /// @param timeout how long a request waits for its answer
  public static PublicBus publicBus(Vertx vertx, Duration timeout) {
    return new PublicBus(vertx.eventBus(), timeout);
  }

  /// How this node writes to the others.
  public static NodePost nodePost(Vertx vertx, NodeId self) {
    return new NodePost(vertx.eventBus(), self);
  }

  private void answer(
      Message<Request> message, Function<Request, Future<? extends Outcome>> handler) {
    Request request = message.body();
    Future<? extends Outcome> outcome;
    try {
      outcome = handler.apply(request);
    } catch (RuntimeException fault) {
      outcome = Future.failedFuture(fault);
    }
    boolean wanted = message.replyAddress() != null;
    outcome.onComplete(
        result -> {
          Outcome body =
              result.succeeded() ? result.result() : toRejection(request.command(), result.cause());
          if (wanted) {
            message.reply(body, answers);
          }
        });
  }

  private static Outcome toRejection(Command command, Throwable failure) {
    if (failure instanceof RejectedException expected) {
      return expected.rejection();
    }
    LOG.atError()
        .setCause(failure)
        .addKeyValue("command", command.getClass().getSimpleName())
        .log("a command failed unexpectedly");
    return Rejection.internal();
  }

  private static Outcome onUnanswered(String address, Command command, Throwable failure) {
    LOG.atWarn()
        .addKeyValue("address", address)
        .addKeyValue("command", command.getClass().getSimpleName())
        .addKeyValue("error", failure.getMessage())
        .log("a request was not answered");
    return Rejection.unavailable();
  }
}
