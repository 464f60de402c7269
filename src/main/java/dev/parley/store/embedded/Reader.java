package dev.parley.store.embedded;

import dev.parley.store.Reply;
import dev.parley.store.StoreUnavailableException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that reads. It connects with its first read; a connection on which a read failed is
/// given up.
final class Reader implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Reader.class);

  private final BoundedQueue<Read<?>> queue;
  private final Database database;
  private final RecentEvents recent;
  private @Nullable Views views;
  private boolean failing;

  Reader(BoundedQueue<Read<?>> queue, Database database, RecentEvents recent) {
    this.queue = queue;
    this.database = database;
    this.recent = recent;
  }

  @Override
  public void run() {
    List<Read<?>> next = next();
    while (!next.isEmpty()) {
      next.forEach(this::read);
      next = next();
    }
    disconnect();
  }

  private List<Read<?>> next() {
    return queue.take(1, Long.MAX_VALUE);
  }

  private void read(Read<?> read) {
    try {
      read.perform(connected());
      failing = false;
    } catch (Throwable failure) {
      disconnect();
      read.reply().fail(onFailure(failure));
    }
    Reply.tell(List.of(read.reply()));
  }

  private Throwable onFailure(Throwable failure) {
    if (failure instanceof RuntimeException) {
      return failure;
    }
    if (!failing) {
      LOG.atWarn().addKeyValue("error", failure).log("The store cannot read");
    }
    failing = true;
    return new StoreUnavailableException("the store cannot read", failure);
  }

  private Views connected() throws SQLException {
    if (views == null) {
      views = Views.on(new Statements(database.openReader()), recent);
    }
    return views;
  }

  private void disconnect() {
    if (views == null) {
      return;
    }
    try {
      views.close();
    } catch (SQLException e) {
      LOG.atDebug().addKeyValue("error", e).log("A reader's connection did not close");
    }
    views = null;
  }
}
