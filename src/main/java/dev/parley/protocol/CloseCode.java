package dev.parley.protocol;

/// Every way in which the server ends a connection, with what the client should do
/// (`connection.md`).
public enum CloseCode {
  /// Both sides are done.
  NORMAL(1000, "normal", "Bye"),
  /// The heartbeat was lost, or the client was silent for too long. Reconnect with backoff and
  /// resume.
  GOING_AWAY(1001, "going_away", "Going away"),
  /// The frames break RFC 6455. Mend the client.
  PROTOCOL_ERROR(1002, "protocol_error", "Protocol error"),
  /// Text that is not UTF-8. Mend the client.
  INVALID_TEXT(1007, "invalid_text", "Invalid UTF-8"),
  /// Not (or no longer) authenticated, or a limit of connections or bad messages passed. Do not
  /// reconnect unchanged.
  POLICY(1008, "policy", "Policy violation"),
  /// A frame larger than the limit. Reconnect; send less.
  TOO_LARGE(1009, "too_large", "Message too large"),
  /// A fault of the server. Reconnect with backoff and resume.
  INTERNAL(1011, "internal", "Internal error"),
  /// The server restarts. Reconnect at once, elsewhere, and resume.
  RESTARTING(1012, "restarting", "Service restart"),
  /// The server cannot finish a catch-up now. Reconnect with backoff and resume.
  TRY_AGAIN(1013, "try_again", "Try again later"),
  /// The token expired and the grace with it. Reconnect with a new token.
  TOKEN_EXPIRED(4401, "token_expired", "Token expired"),
  /// An administrator ended the connection. Do not reconnect by yourself.
  FORCED(4403, "forced", "Disconnected by an administrator"),
  /// The client read too slowly. Reconnect and resume.
  SLOW_CONSUMER(4408, "slow_consumer", "Slow consumer");

  private final int code;
  private final String label;
  private final String reason;

  CloseCode(int code, String label, String reason) {
    this.code = code;
    this.label = label;
    this.reason = reason;
  }

  public int code() {
    return code;
  }

  /// The value of the metric tag `cause`.
  public String label() {
    return label;
  }

  public String reason() {
    return reason;
  }
}
