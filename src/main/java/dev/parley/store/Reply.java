package dev.parley.store;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where an answer goes: to the context that asked. It is kept by [#succeed] or [#fail] and told by
/// [#tell]: those of one batch and one event loop all in one turn of it, in their order. A loop has
/// many contexts (every message of the event bus is handled on a duplicate of its own), and order
/// must hold across them.
public final class Reply<R> {
  private static final Logger LOG = LoggerFactory.getLogger(Reply.class);

  private final ContextInternal context;
  private final Promise<R> promise = Promise.promise();
  private Runnable outcome = () -> promise.fail(new IllegalStateException("not answered"));

  public Reply(Context context) {
    this.context = (ContextInternal) context;
  }

  public Future<R> future() {
    return promise.future();
  }

  public void succeed(R result) {
    outcome = () -> promise.complete(result);
  }

  public void fail(Throwable failure) {
    outcome = () -> promise.fail(failure);
  }

  public static void tell(List<? extends Reply<?>> replies) {
    var byOrigin = new IdentityHashMap<ContextInternal, List<Reply<?>>>();
    for (Reply<?> reply : replies) {
      byOrigin.computeIfAbsent(reply.context.unwrap(), _ -> new ArrayList<>()).add(reply);
    }
    byOrigin.forEach(Reply::tellOn);
  }

  private static void tellOn(ContextInternal origin, List<Reply<?>> replies) {
    try {
      origin.runOnContext(_ -> replies.forEach(Reply::tellHere));
    } catch (RuntimeException e) {
      LOG.atDebug()
          .addKeyValue("error", e)
          .log("An answer of the store came after its asker's end");
    }
  }

  private void tellHere() {
    context.dispatch(this::tellNow);
  }

  /// A listener that throws must not keep the answers behind it from their listeners.
  private void tellNow() {
    try {
      outcome.run();
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("A listener to an answer of the store failed");
    }
  }
}
