package dev.parley.rest;

/// A body is of another type than JSON.
final class UnsupportedTypeException extends RuntimeException {
  UnsupportedTypeException() {
    super("The body must be application/json", null, false, false);
  }
}
