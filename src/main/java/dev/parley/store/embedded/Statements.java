package dev.parley.store.embedded;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A connection and its prepared statements, each prepared once. The connection commits by itself,
/// except between [#begin] and [#commit]. Belongs to one thread.
class Statements implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Statements(Connection connection) {
    this.connection = connection;
  }

  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /// @return how many rows it changed
  int update(String sql, @Nullable Object... values) throws SQLException {
    return bound(sql, values).executeUpdate();
  }

  /// Likewise, where exactly one row must change.
  void updateOne(String sql, @Nullable Object... values) throws SQLException {
    int rows = update(sql, values);
    if (rows != 1) {
      throw new IllegalStateException("changed " + rows + " rows instead of one: " + sql);
    }
  }

  /// Likewise, where it is all the same how many.
  void updateAny(String sql, @Nullable Object... values) throws SQLException {
    bound(sql, values).executeUpdate();
  }

  /// Removes all rows of a table without overwriting its pages: it may be large and tells nothing.
  ///
  /// @return how many
  int empty(String delete) throws SQLException {
    pragma("secure_delete = OFF");
    try {
      return update(delete);
    } finally {
      pragma("secure_delete = ON");
    }
  }

  <T> List<T> list(String sql, Row<T> row, @Nullable Object... values) throws SQLException {
    var rows = new ArrayList<T>();
    try (ResultSet result = bound(sql, values).executeQuery()) {
      while (result.next()) {
        rows.add(row.read(result));
      }
    }
    return rows;
  }

  interface Look {
    void at(ResultSet row) throws SQLException;
  }

  /// Looks at row after row; for what is more than should be held at once.
  void each(String sql, Look look, @Nullable Object... values) throws SQLException {
    try (ResultSet result = bound(sql, values).executeQuery()) {
      while (result.next()) {
        look.at(result);
      }
    }
  }

  <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... values) throws SQLException {
    try (ResultSet result = bound(sql, values).executeQuery()) {
      return result.next() ? Optional.of(row.read(result)) : Optional.empty();
    }
  }

  /// The first column of the first row; 0 if there is none.
  long number(String sql, @Nullable Object... values) throws SQLException {
    return first(sql, row -> row.getLong(1), values).orElse(0L);
  }

  /// Begins a transaction that may write. It waits for its turn here, since one that reads first
  /// and then wants to write does not wait but fails.
  void begin() throws SQLException {
    updateAny("BEGIN IMMEDIATE");
  }

  void commit() throws SQLException {
    updateAny("COMMIT");
  }

  /// Runs a `PRAGMA` anew: some take effect when they are prepared, once.
  ///
  /// @return the first column of the first row; 0 if there is none
  @CanIgnoreReturnValue
  long pragma(String pragma) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA " + pragma)) {
      return result.next() ? result.getLong(1) : 0;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }
}
