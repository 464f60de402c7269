/// The commands, without a process and without a server.
@NullMarked
package dev.parley.cli;

import org.jspecify.annotations.NullMarked;
