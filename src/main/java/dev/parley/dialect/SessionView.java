package dev.parley.dialect;

import dev.parley.protocol.Caller;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.RoomName;
import java.util.Optional;

/// What a dialect may know of the connection that it translates for.
public interface SessionView {
  /// Who is connected. Before authentication: anonymous, without roles.
  Caller caller();

  ConnectionId connection();

  /// The room joined last, for dialects whose frames may leave it out.
  Optional<RoomName> lastRoom();
}
