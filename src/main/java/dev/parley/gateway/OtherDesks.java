package dev.parley.gateway;

import dev.parley.bus.FoundConnections;
import dev.parley.protocol.ConnectionCommand;
import io.vertx.core.Future;
import java.util.function.Function;

/// The other nodes' desks for their connections. Any thread may ask.
public interface OtherDesks {
  /// There are no others.
  OtherDesks NONE =
      new OtherDesks() {
        @Override
        public Future<FoundConnections> ask(ConnectionCommand command) {
          return Future.succeededFuture(FoundConnections.NONE);
        }

        @Override
        public void serve(Function<ConnectionCommand, Future<FoundConnections>> desk) {
          // Nobody asks.
        }
      };

  /// Has a command done by all other nodes that may have to do with it. Never fails; completes
  /// within about a second.
  ///
  /// @return their answers together; who did not answer counts as none
  Future<FoundConnections> ask(ConnectionCommand command);

  /// Sets who does what other nodes ask of this one. It may be called on any thread.
  void serve(Function<ConnectionCommand, Future<FoundConnections>> desk);
}
