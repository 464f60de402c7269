package dev.parley.store.embedded;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where an answer goes: to the context that asked. It is kept by [#succeed] or [#fail] and told by
/// [#tell]: those of one batch and one context all in one turn of its event loop.
final class Reply<R> {
  private static final Logger LOG = LoggerFactory.getLogger(Reply.class);

  private final Context context;
  private final Promise<R> promise = Promise.promise();
  private Runnable outcome = () -> promise.fail(new IllegalStateException("not answered"));

  Reply(Context context) {
    this.context = context;
  }

  Future<R> future() {
    return promise.future();
  }

  void succeed(R result) {
    outcome = () -> promise.complete(result);
  }

  void fail(Throwable failure) {
    outcome = () -> promise.fail(failure);
  }

  static void tell(List<? extends Reply<?>> replies) {
    var byContext = new IdentityHashMap<Context, List<Reply<?>>>();
    for (Reply<?> reply : replies) {
      byContext.computeIfAbsent(reply.context, _ -> new ArrayList<>()).add(reply);
    }
    byContext.forEach(Reply::tellOn);
  }

  private static void tellOn(Context context, List<Reply<?>> replies) {
    try {
      context.runOnContext(_ -> replies.forEach(Reply::tellNow));
    } catch (RuntimeException e) {
      LOG.atDebug()
          .addKeyValue("error", e)
          .log("An answer of the store came after its asker's end");
    }
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
