package dev.parley.bus;

import dev.parley.protocol.NodeId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What nodes write to each other: the one clustered address of each node, and kinds of letters.
/// Letters from one node to another arrive in the order sent, or not at all. May be used from any
/// thread.
public final class NodePost {
  private static final Logger LOG = LoggerFactory.getLogger(NodePost.class);
  private static final String KIND = "kind";
  private static final String FROM = "from";

  private final EventBus events;
  private final NodeId self;
  private final Map<String, Handler> handlers = new ConcurrentHashMap<>();

  NodePost(EventBus events, NodeId self) {
    this.events = events;
    this.self = self;
  }

  /// Reads letters of a kind.
  @FunctionalInterface
  public interface Handler extends BiFunction<NodeId, Buffer, Future<Optional<Buffer>>> {}

  /// Reads letters of a kind, on the context that [#open] was called on. An answer goes to whoever
  /// asked; who did not ask gets none.
  public void on(String kind, Handler handler) {
    handlers.put(kind, handler);
  }

  /// Letters arrive from now on.
  public Future<Void> open() {
    MessageConsumer<Buffer> consumer = events.consumer(Addresses.node(self), this::receive);
    return consumer.completion();
  }

  /// @return completes when it is on its way; fails if the node cannot be reached
  public Future<Void> send(NodeId to, String kind, Buffer letter) {
    return events.<Buffer>sender(Addresses.node(to), options(kind)).write(letter);
  }

  /// @return fails if the node does not answer in time
  public Future<Buffer> ask(NodeId to, String kind, Buffer letter, Duration timeout) {
    return events
        .<Buffer>request(
            Addresses.node(to), letter, options(kind).setSendTimeout(timeout.toMillis()))
        .map(Message::body);
  }

  private DeliveryOptions options(String kind) {
    return new DeliveryOptions().addHeader(KIND, kind).addHeader(FROM, self.value());
  }

  /// A kind that only newer nodes know is passed over.
  private void receive(Message<Buffer> message) {
    Handler handler = handlers.get(message.headers().get(KIND));
    if (handler == null) {
      message.fail(404, "unknown kind");
      return;
    }
    NodeId from = new NodeId(message.headers().get(FROM));
    read(handler, from, message.body())
        .onComplete(answer -> answer.ifPresent(message::reply), fault -> onFault(message, fault));
  }

  private static Future<Optional<Buffer>> read(Handler handler, NodeId from, Buffer letter) {
    try {
      return handler.apply(from, letter);
    } catch (RuntimeException fault) {
      return Future.failedFuture(fault);
    }
  }

  private static void onFault(Message<Buffer> message, Throwable fault) {
    LOG.atError()
        .setCause(fault)
        .addKeyValue("kind", message.headers().get(KIND))
        .addKeyValue("from", message.headers().get(FROM))
        .log("a letter of another node could not be handled");
    if (message.replyAddress() != null) {
      message.fail(500, "failed");
    }
  }
}
