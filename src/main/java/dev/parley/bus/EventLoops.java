package dev.parley.bus;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.List;
import java.util.stream.StreamSupport;

/// The event loops of one Vert.x, numbered, so that what belongs together can share one and what
/// does not can be spread.
///
/// Vert.x gives each verticle the loop after the one that was taken last, by whomever. On a
/// clustered node more than verticles take loops while it starts: with two of them, every verticle
/// came to the same one.
public final class EventLoops {
  /// Each fails only when a loop is taken in the moment between two statements.
  private static final int ATTEMPTS = 100;

  private final VertxInternal vertx;
  private final EventLoopGroup group;
  private final List<EventExecutor> loops;

  public EventLoops(Vertx vertx) {
    this.vertx = (VertxInternal) vertx;
    this.group = this.vertx.nettyEventLoopGroup();
    this.loops = StreamSupport.stream(group.spliterator(), false).toList();
  }

  public int count() {
    return loops.size();
  }

  /// A context on the loop of that number.
  public Context context(int number) {
    return vertx.contextBuilder().withEventLoop((EventLoop) loops.get(number)).build();
  }

  /// Those that are deployed with the same number run on the same loop.
  ///
  /// @param number from 0 to one less than there are loops
  /// @return the deployment's id
  Future<String> deploy(Deployable verticle, int number) {
    return attempt(new Placed(verticle, loops.get(number)), number, ATTEMPTS);
  }

  /// From a loop, since a thread of another kind takes one itself.
  private Future<String> attempt(Placed verticle, int number, int left) {
    Promise<String> deployed = Promise.promise();
    vertx.runOnContext(
        _ -> {
          takeAllBefore(number);
          vertx.deployVerticle(verticle).onComplete(deployed);
        });
    return deployed
        .future()
        .recover(
            failure ->
                failure instanceof OtherLoopException && left > 1
                    ? attempt(verticle, number, left - 1)
                    : Future.failedFuture(failure));
  }

  private void takeAllBefore(int number) {
    EventExecutor before = loops.get(Math.floorMod(number - 1, count()));
    for (int i = 0; i < count() && !group.next().equals(before); i++) {}
  }

  /// Starts nowhere but on its loop.
  private record Placed(Deployable verticle, EventExecutor loop) implements Deployable {
    @Override
    public Future<?> deploy(Context context) throws Exception {
      EventLoop given = ((ContextInternal) context).nettyEventLoop();
      return given.equals(loop)
          ? verticle.deploy(context)
          : Future.failedFuture(new OtherLoopException());
    }

    @Override
    public Future<?> undeploy(Context context) throws Exception {
      return verticle.undeploy(context);
    }
  }

  /// Somebody took a loop in between.
  private static final class OtherLoopException extends Exception {
    private static final long serialVersionUID = 1;

    OtherLoopException() {
      super("another event loop than meant", null, false, false);
    }
  }
}
