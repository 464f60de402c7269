package dev.parley.config;

/// Meters.
///
/// @param enabled whether `/metrics` is served, in the format of Prometheus
public record MetricsConfig(@Setting("true") boolean enabled) {}
