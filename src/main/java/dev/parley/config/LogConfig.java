package dev.parley.config;

/// What the server writes about itself, on standard output.
///
/// @param level `error`, `warn`, `info`, `debug` or `trace`. (`DEBUG=true` is the older way to say
///   `debug`)
/// @param format `text` for people, `json` for machines
public record LogConfig(
    @Setting(
            value = "info",
            older = {"LOG_LEVEL", "DEBUG"})
        LogLevel level,
    @Setting(value = "text", production = "json") LogFormat format) {}
