package dev.parley.protocol;

import java.util.Optional;

/// What a client says of itself when it connects. For people who look at lists of connections;
/// nothing is decided by it.
///
/// @param type as `web`, `mobile`, `desktop`
public record ClientLabel(
    Optional<String> type, Optional<String> version, Optional<String> device) {
  public static final ClientLabel NONE =
      new ClientLabel(Optional.empty(), Optional.empty(), Optional.empty());
}
