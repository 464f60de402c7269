/// The commands: `parley serve`, `check`, `token`, `backup`, `bench`, `version`.
///
/// [Cli] finds the [Command] that the first word names and runs it; what a command touches of the
/// process (output, environment, files) comes in as a [Terminal], and what it does with the server
/// as a [Server], so that commands are tested without either. Exit codes are in [ExitCode].
///
/// Logging is set up from here too, once the configuration is known.
@NullMarked
@CheckReturnValue
package dev.parley.cli;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
