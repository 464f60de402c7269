package dev.parley.cli;

import java.util.List;

/// `parley version`.
record VersionCommand(Terminal terminal) implements Command {
  @Override
  public String name() {
    return "version";
  }

  @Override
  public String summary() {
    return "print the version";
  }

  @Override
  public String options() {
    return "";
  }

  @Override
  public int run(List<String> arguments) {
    if (!arguments.isEmpty()) {
      throw new UsageException("version takes no options");
    }
    terminal.out().println("parley " + Version.text() + " (Java " + Runtime.version() + ")");
    return ExitCode.OK;
  }
}
