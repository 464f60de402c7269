package dev.parley.config;

/// What the server writes about itself, on standard output.
///
/// @param level the least important line that is written; `DEBUG=true` says `debug`
/// @param format `text` for people, `json` for machines
public record LogConfig(
    @Setting(
            value = "info",
            older = {"LOG_LEVEL", "DEBUG"})
        LogLevel level,
    @Setting(value = "text", production = "json") LogFormat format) {}
