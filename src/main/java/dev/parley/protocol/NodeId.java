package dev.parley.protocol;

/// One run of one server process.
public record NodeId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
