package dev.parley.store.embedded;

import dev.parley.protocol.StreamId;
import dev.parley.store.History;
import java.sql.SQLException;

/// What can be read: the tables, through a connection that only reads. Belongs to its thread.
record Views(Statements sql, StreamTable streams, EventPages events, RecordTable records)
    implements AutoCloseable {

  static Views on(Statements sql, RecentEvents recent) {
    var streams = new StreamTable(sql);
    return new Views(sql, streams, new EventPages(sql, streams, recent), new RecordTable(sql));
  }

  History history(StreamId stream) throws SQLException {
    return streams.history(stream);
  }

  @Override
  public void close() throws SQLException {
    sql.close();
  }
}
