package dev.parley.protocol;

import java.util.Arrays;
import java.util.Optional;

/// Every error a command can end with; the whole list, on every dialect and on REST
/// (`connection.md`). The second value is the HTTP status that says the same.
public enum ErrorCode {
  /// No token, or a bad one. Get a new token and connect again.
  AUTHENTICATION_FAILED(401),
  /// The token ran out. Send `auth` with a new one before the grace ends.
  TOKEN_EXPIRED(401),
  /// The caller may not do this. Do not repeat it.
  PERMISSION_DENIED(403),
  /// Too many commands. Wait for `retry_after` seconds.
  RATE_LIMIT_EXCEEDED(429),
  /// The frame is not a JSON object, or one past the limits of depth, text or numbers. Mend the
  /// client.
  INVALID_JSON(400),
  /// No command has this name in this dialect. Mend the client.
  UNKNOWN_MESSAGE_TYPE(400),
  /// A field is missing or wrong; `field` names it. Mend the command.
  VALIDATION_FAILED(422),
  /// The command names a room that does not exist. Join it to create it.
  ROOM_NOT_FOUND(404),
  /// What the command names does not exist (any more).
  NOT_FOUND(404),
  /// Somebody else changed it first. Read again, then decide.
  CONFLICT(409),
  /// The frame is larger than the limit. The connection is closed with 1009; send less.
  MESSAGE_TOO_LARGE(413),
  /// The user or the address has too many connections. Close one first.
  TOO_MANY_CONNECTIONS(429),
  /// The connection did not read what was sent to it. Reconnect and resume.
  SLOW_CONSUMER(503),
  /// A store or a cluster is down. Try again with the same `client_message_id`; it is never stored
  /// twice.
  UNAVAILABLE(503),
  /// A fault of the server. Reported in its log with the connection's id; try again later.
  INTERNAL_ERROR(500);

  private final int httpStatus;

  ErrorCode(int httpStatus) {
    this.httpStatus = httpStatus;
  }

  public int httpStatus() {
    return httpStatus;
  }

  /// The code of this name; empty if there is none.
  public static Optional<ErrorCode> parse(String name) {
    return Arrays.stream(values()).filter(code -> code.name().equals(name)).findFirst();
  }
}
