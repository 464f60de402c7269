package dev.parley.dialect;

/// A whole message for a client.
///
/// @param payload UTF-8 if it is text; not changed any more
public record OutFrame(boolean binary, byte[] payload) {
  public static OutFrame text(byte[] payload) {
    return new OutFrame(false, payload);
  }

  public static OutFrame binary(byte[] payload) {
    return new OutFrame(true, payload);
  }
}
