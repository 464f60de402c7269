package dev.parley.store.redis;

import static dev.parley.store.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.NeedsRedis;
import dev.parley.kit.Shared;
import dev.parley.protocol.StreamId;
import dev.parley.store.Append;
import dev.parley.store.Append.NewEvent;
import dev.parley.store.AppendResult;
import dev.parley.store.AppendResult.Appended;
import dev.parley.store.EventLogContract;
import dev.parley.store.StoreFixture;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

@ExtendWith(NeedsRedis.class)
@ResourceLock(Shared.REDIS)
final class RedisEventLogTest extends EventLogContract {
  private static final Append MESSAGE =
      Append.of(new StreamId("room:a"), new NewEvent(new byte[] {'m'}, true));

  @Override
  protected StoreFixture newFixture() throws Exception {
    return RedisFixture.create();
  }

  /// As the event bus has it, where every message is handled on a context of its own.
  @Test
  void appendsOfManyContextsOfOneLoopCompleteInTheOrderMade() throws Exception {
    var loop = (ContextInternal) ((RedisFixture) fixture()).vertx().getOrCreateContext();
    List<Long> completed = new ArrayList<>();
    List<Future<AppendResult>> appends = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      Promise<AppendResult> appended = Promise.promise();
      appends.add(appended.future());
      loop.duplicate().runOnContext(_ -> append(completed).onComplete(appended));
    }
    await(Future.all(appends));
    assertThat(completed).hasSize(500).isSorted();
  }

  private Future<AppendResult> append(List<Long> completed) {
    return log().append(MESSAGE).onSuccess(result -> completed.add(seqIn(result)));
  }

  private static long seqIn(AppendResult result) {
    return result instanceof Appended appended ? appended.last().seq() : 0;
  }
}
