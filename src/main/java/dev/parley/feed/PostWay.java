package dev.parley.feed;

import dev.parley.bus.NodePost;
import dev.parley.protocol.NodeId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;

/// By the post between nodes.
///
/// @param context from which letters leave
record PostWay(NodeId node, NodePost post, Context context) implements LinkWay {
  @Override
  public Future<Void> send(Buffer letter) {
    return post.send(node, Link.KIND, letter);
  }

  @Override
  public void soon(Runnable task) {
    context.runOnContext(_ -> task.run());
  }

  @Override
  public void later(Duration delay, Runnable task) {
    context.owner().setTimer(delay.toMillis(), _ -> task.run());
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }
}
