package dev.parley.cli;

import dev.parley.config.ConfigResult.Loaded;
import dev.parley.config.ConfigResult.Refused;
import java.util.List;

/// `parley check`: whether the server would start, and what it would have been told.
record CheckCommand(Terminal terminal) implements Command {
  @Override
  public String name() {
    return "check";
  }

  @Override
  public String summary() {
    return "print the effective configuration, secrets masked";
  }

  @Override
  public String options() {
    return "";
  }

  @Override
  public int run(List<String> arguments) {
    return switch (terminal.load(arguments)) {
      case Refused(var line) -> terminal.refuse(line);
      case Loaded loaded -> show(loaded);
    };
  }

  private int show(Loaded loaded) {
    terminal.out().println(loaded.effective());
    loaded.warnings().forEach(line -> terminal.err().println("parley: " + line));
    return ExitCode.OK;
  }
}
