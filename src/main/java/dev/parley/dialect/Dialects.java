package dev.parley.dialect;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Which dialect a new connection speaks (the table in `connection.md`).
public final class Dialects {
  /// The subprotocol by which a native client asks for CBOR.
  public static final String CBOR_SUBPROTOCOL = "parley.v1.cbor";

  private final Dialect json;
  private final Dialect cbor;
  private final Dialect connect;
  private final Dialect workspace;
  private final Dialect aether;
  private final Dialect nexus;

  /// @param clock stamps what has no time of its own: errors
  public Dialects(DialectLimits limits, InstantSource clock) {
    this.json = NativeDialect.json(limits, clock);
    this.cbor = NativeDialect.cbor(limits, clock);
    this.connect = new ConnectDialect(limits, clock);
    this.workspace = new WorkspaceDialect(limits, clock);
    this.aether = new AetherDialect(limits, clock);
    this.nexus = new NexusDialect(limits, clock);
  }

  /// Each encoding of each dialect once.
  public List<Dialect> all() {
    return List.of(json, cbor, connect, workspace, aether, nexus);
  }

  /// @param parameters the names in the query
  /// @param subprotocols what `Sec-WebSocket-Protocol` offers
  /// @return empty if no dialect is spoken there
  public Optional<Dialect> find(
      String path, Collection<String> parameters, Collection<String> subprotocols) {
    return switch (path) {
      case "/parley/v1" -> Optional.of(subprotocols.contains(CBOR_SUBPROTOCOL) ? cbor : json);
      case "/ws/connect" -> Optional.of(connect);
      case "/api/v1/ws" -> Optional.of(workspace);
      case "/ws" -> parameters.contains("user_id") ? Optional.of(nexus) : Optional.of(aether);
      default -> Optional.empty();
    };
  }
}
