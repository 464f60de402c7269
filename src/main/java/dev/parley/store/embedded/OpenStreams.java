package dev.parley.store.embedded;

import dev.parley.protocol.StreamId;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The streams written last, so that each is read once and written once a batch however many
/// appends it gets. What is known here is what the transaction holds: it ends with the connection
/// if that is undone. Belongs to the writer's thread.
final class OpenStreams {
  private static final int MAX_KNOWN = 1_024;
  private static final int EPOCH_BYTES = 9;
  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  private final StreamTable table;
  private final long life;
  private final SecureRandom random = new SecureRandom();
  private final Map<StreamId, StreamState> states = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<StreamId> changed = new HashSet<>();

  OpenStreams(StreamTable table, long life) {
    this.table = table;
    this.life = life;
  }

  StreamState get(StreamId stream) throws SQLException {
    StreamState state = states.get(stream);
    if (state == null) {
      state = table.state(stream);
      states.put(stream, state);
    }
    return state;
  }

  /// The stream, made known to the file if it was not.
  StreamState getKnown(StreamId stream) throws SQLException {
    StreamState state = get(stream);
    if (!state.isKnown()) {
      state = state.knownAs(table.insert(stream));
      states.put(stream, state);
    }
    return state;
  }

  /// The stream, ready for an append: with a stretch of this life of the store.
  StreamState getWritable(StreamId stream) throws SQLException {
    StreamState state = getKnown(stream);
    if (state.life() != life) {
      String epoch = freshEpoch();
      table.openStretch(state, epoch);
      state = state.inLife(life, epoch);
      states.put(stream, state);
    }
    return state;
  }

  void set(StreamId stream, StreamState state) {
    states.put(stream, state);
    changed.add(stream);
  }

  /// Before the commit: writes what changed.
  void flush() throws SQLException {
    for (StreamId stream : changed) {
      table.update(get(stream));
    }
    changed.clear();
    forgetOldest();
  }

  private void forgetOldest() {
    var oldest = states.keySet().iterator();
    for (int excess = states.size() - MAX_KNOWN; excess > 0; excess--) {
      oldest.next();
      oldest.remove();
    }
  }

  private String freshEpoch() {
    byte[] bytes = new byte[EPOCH_BYTES];
    random.nextBytes(bytes);
    return TEXT.encodeToString(bytes);
  }
}
