package dev.parley.protocol;

/// One connection of one client; unique in the cluster and never reused.
public record ConnectionId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
