package dev.parley.rest;

import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Rejection;

/// What the web framework refuses by a status alone, in our words.
final class HttpStatus {
  private HttpStatus() {}

  static Rejection toRejection(int status) {
    return switch (status) {
      case 413 -> Rejection.of(ErrorCode.MESSAGE_TOO_LARGE, "The request is too large");
      case 404, 405 -> Rejection.of(ErrorCode.NOT_FOUND, "There is nothing here");
      case 400 -> Rejection.of(ErrorCode.INVALID_JSON, "The request cannot be read");
      default -> Rejection.internal();
    };
  }
}
