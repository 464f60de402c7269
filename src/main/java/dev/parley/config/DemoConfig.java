package dev.parley.config;

/// What shows a server to somebody new; has an effect in development mode only.
///
/// @param dummyData whether there are some notifications, jobs and an inventory to look at
public record DemoConfig(@Setting(value = "false", older = "DUMMY_DATA") boolean dummyData) {}
