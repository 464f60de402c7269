package dev.parley.store.embedded;

import dev.parley.store.Reply;
import java.sql.SQLException;

/// Something waiting to be read, and where the answer goes.
record Read<R>(Query<R> query, Reply<R> reply) implements BoundedQueue.Item {

  interface Query<R> {
    R on(Views views) throws SQLException;
  }

  @Override
  public long bytes() {
    return 0;
  }

  void perform(Views views) throws SQLException {
    reply.succeed(query.on(views));
  }
}
