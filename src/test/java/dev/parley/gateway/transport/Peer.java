package dev.parley.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.parley.dialect.InFrame;
import dev.parley.dialect.OutFrame;
import dev.parley.protocol.CloseCode;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/// The server's end of a connection in tests: writes down what it is told, echoes if asked to, and
/// answers a violation by closing with its code, as sessions do.
final class Peer implements TransportListener {
  static final long DEADLINE_SECONDS = 20;

  private final Transport transport;
  private final Context context;
  private final boolean echoes;
  private final BlockingQueue<Happened> told = new LinkedBlockingQueue<>();

  Peer(Transport transport, boolean echoes) {
    this.transport = transport;
    this.echoes = echoes;
    this.context = Objects.requireNonNull(Vertx.currentContext());
  }

  Transport transport() {
    return transport;
  }

  /// Does something on the connection's event loop, in one turn, and waits until it is done.
  void run(Consumer<Transport> action) {
    ask(
        same -> {
          action.accept(same);
          return true;
        });
  }

  @CanIgnoreReturnValue
  <T> T ask(Function<Transport, T> question) {
    var answer = new CompletableFuture<T>();
    context.runOnContext(
        _ -> {
          try {
            answer.complete(question.apply(transport));
          } catch (RuntimeException | AssertionError e) {
            answer.completeExceptionally(e);
          }
        });
    return answer.orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS).join();
  }

  @CanIgnoreReturnValue
  Happened next() {
    try {
      var happened = told.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
      assertThat(happened).as("something to happen on the server").isNotNull();
      return Objects.requireNonNull(happened);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Waits for something of this kind, whatever happens before.
  @CanIgnoreReturnValue
  <T extends Happened> T next(Class<T> kind) {
    while (true) {
      var happened = next();
      if (kind.isInstance(happened)) {
        return kind.cast(happened);
      }
    }
  }

  boolean isToldNothing() {
    return told.isEmpty();
  }

  @Override
  public void onMessage(InFrame frame) {
    assertOnContext();
    told.add(new Happened.Message(frame));
    if (echoes) {
      transport.send(new OutFrame(frame.binary(), frame.payload()));
    }
  }

  @Override
  public void onPong() {
    assertOnContext();
    told.add(new Happened.Alive());
  }

  @Override
  public void onEcho(long number) {
    assertOnContext();
    told.add(new Happened.Echoed(number));
  }

  @Override
  public void onWritable() {
    assertOnContext();
    told.add(new Happened.Writable());
  }

  @Override
  public void onViolation(CloseCode code) {
    assertOnContext();
    told.add(new Happened.Violated(code));
    transport.close(code, code.reason());
  }

  @Override
  public void onClosed(int code) {
    assertOnContext();
    told.add(new Happened.Closed(code));
  }

  private void assertOnContext() {
    assertThat(Vertx.currentContext()).as("the Vert.x context of a callback").isNotNull();
  }
}
