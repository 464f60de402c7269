package dev.parley.config;

/// The dialects, each with its own limits. (`native` is a word of the language, hence `native_`;
/// the key is `dialects.native`.)
public record DialectsConfig(
    DialectConfig.Native native_,
    DialectConfig.Connect connect,
    DialectConfig.Workspace workspace,
    DialectConfig.Aether aether,
    DialectConfig.Nexus nexus) {}
