/// What the server was told: one immutable record per section of `conf/parley.yaml`, and the only
/// reader of configuration files and of the environment.
///
/// [Config] is the root. Its sections are ordinary records: defaults stand in [Setting] beside each
/// component, bounds in the compact constructors, so that no instance is out of range, however it
/// was made. The `@param` texts are what `docs/configuration.md` and `conf/parley.yaml` say about a
/// key: a test compares them.
///
/// [ConfigLoader] merges, weakest first: defaults, the file, the environment (with the names that
/// older deployments set), the command line. It touches neither disk nor process: arguments,
/// environment and a reader of files are handed in. What it refuses is one line for people.
///
/// In tests: `Config.defaults()`, or `Config.of("ws.ping_interval", "200ms", "http.port", "0")`.
///
/// Conventions. A key is its component's name in snake case behind its section's. A component that
/// ends in `Bytes` takes `64KiB` or a plain number of bytes; a duration takes `500ms`, `25s`,
/// `24h`, `365d` or a plain number of seconds.
@NullMarked
@CheckReturnValue
package dev.parley.config;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
