package dev.parley.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;

/// What the JVM tells of itself: memory, garbage collection, threads, processor, file descriptors
/// (each connection is one), uptime. Micrometer's own names, `jvm.*`, `system.*`, `process.*`.
public final class JvmMeters implements AutoCloseable {
  private final JvmGcMetrics collector = new JvmGcMetrics();

  public JvmMeters(MeterRegistry registry) {
    collector.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /// Stops listening to the collector.
  @Override
  public void close() {
    collector.close();
  }
}
