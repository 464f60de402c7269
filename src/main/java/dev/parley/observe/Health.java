package dev.parley.observe;

/// How a component is. The texts are for operators.
public sealed interface Health {
  Health HEALTHY = new Healthy("");

  /// @param text may be empty
  record Healthy(String text) implements Health {}

  /// It serves, but not all or not well.
  record Degraded(String text) implements Health {}

  /// It does not serve.
  record Unhealthy(String text) implements Health {}
}
