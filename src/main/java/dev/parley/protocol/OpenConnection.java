package dev.parley.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A connection as administrators see it.
///
/// @param user empty until a token named one
/// @param address the client's, behind proxies too
/// @param rooms that it joined, by name
/// @param bytesIn of frames read
/// @param bytesOut of frames written
public record OpenConnection(
    ConnectionId id,
    Optional<UserId> user,
    String dialect,
    NodeId node,
    Instant since,
    String address,
    ClientLabel client,
    List<RoomName> rooms,
    long bytesIn,
    long bytesOut) {
  public OpenConnection {
    rooms = List.copyOf(rooms);
  }
}
