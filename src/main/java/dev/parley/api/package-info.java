/// The door for other people's verticles.
///
/// - [PublicAddresses] serves the JSON addresses of `docs/bus.md`: it reads a body strictly
///   ([Body], [Filters]), asks the domains as the server itself, and writes their answers as JSON.
///   One desk per subject.
/// - [Parley] is the same for Java: a method per address, those of one subject apart where they are
///   many ([JobsFace]). It only sends to those addresses, so it works on any node and needs nothing
///   but a `Vertx`.
@NullMarked
@CheckReturnValue
package dev.parley.api;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
