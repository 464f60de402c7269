package dev.parley.bus;

import dev.parley.protocol.Command;

/// A command came to whoever does not serve it: a fault of the sender's code, never of a client.
public final class MisdirectedException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public MisdirectedException(Command command) {
    super("not served here: " + command.getClass().getSimpleName());
  }
}
