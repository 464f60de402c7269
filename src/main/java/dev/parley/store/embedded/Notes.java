package dev.parley.store.embedded;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// The few numbers that the store keeps about itself. Belongs to the writer's thread, which alone
/// writes them; what was written and not committed ends with the connection.
final class Notes {
  private static final String READ = "SELECT value FROM note WHERE name = ?";
  private static final String WRITE =
      """
      INSERT INTO note(name, value) VALUES(?, ?)
      ON CONFLICT(name) DO UPDATE SET value = excluded.value\
      """;

  private final Statements sql;
  private final Map<String, Long> known = new HashMap<>();

  Notes(Statements sql) {
    this.sql = sql;
  }

  /// The number noted; 0 if there is none.
  long read(String name) throws SQLException {
    Long value = known.get(name);
    if (value == null) {
      value = sql.number(READ, name);
      known.put(name, value);
    }
    return value;
  }

  void write(String name, long value) throws SQLException {
    sql.updateOne(WRITE, name, value);
    known.put(name, value);
  }
}
