package dev.parley.protocol;

import java.util.List;
import java.util.Optional;

/// How the server's machines stand. Ephemeral.
public sealed interface MetricsEvent extends Event {
  record MetricsSampled(SystemSample sample) implements MetricsEvent {
    @Override
    public Optional<Object> conflationKey() {
      return Optional.of(List.of("metrics", sample.node()));
    }
  }
}
