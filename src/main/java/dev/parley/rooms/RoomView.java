package dev.parley.rooms;

import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.RoomState;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whom one room is shown to, and the making of its newest state.
///
/// ```
/// Resting --change--> Making --made, and nothing changed meanwhile--> Resting
///                     Making --made, but something changed--> Making
/// ```
final class RoomView {
  private final Set<ConnectionId> connections = new HashSet<>();
  private long revision;
  private @Nullable Promise<RoomState> making;
  private @Nullable Promise<RoomState> next;

  void add(ConnectionId connection) {
    connections.add(connection);
  }

  /// @return whether it was shown to this one
  boolean remove(ConnectionId connection) {
    return connections.remove(connection);
  }

  boolean isEmpty() {
    return connections.isEmpty();
  }

  /// The number of the newest change.
  long revision() {
    return revision;
  }

  /// @param make makes a state of now; never fails
  /// @param shown gets each state made, in order
  /// @return the first state that has the change
  Future<RoomState> change(
      long number, Supplier<Future<RoomState>> make, Consumer<RoomState> shown) {
    revision = number;
    if (making == null) {
      return begin(Promise.promise(), make, shown);
    }
    Promise<RoomState> later = next == null ? Promise.promise() : next;
    next = later;
    return later.future();
  }

  private Future<RoomState> begin(
      Promise<RoomState> promise, Supplier<Future<RoomState>> make, Consumer<RoomState> shown) {
    making = promise;
    make.get().onSuccess(state -> onMade(promise, state, make, shown));
    return promise.future();
  }

  private void onMade(
      Promise<RoomState> promise,
      RoomState state,
      Supplier<Future<RoomState>> make,
      Consumer<RoomState> shown) {
    making = null;
    if (!connections.isEmpty()) {
      shown.accept(state);
    }
    promise.complete(state);
    Promise<RoomState> waiting = next;
    if (waiting != null) {
      next = null;
      Future<RoomState> _ = begin(waiting, make, shown);
    }
  }
}
