package dev.parley.gateway.transport;

/// The request was no valid WebSocket handshake; it has been answered with this status.
public final class HandshakeRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  HandshakeRefusedException(int status, String reason) {
    super(reason, null, false, false);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
