package dev.parley.cli;

import java.util.List;

/// One command of the command line.
interface Command {
  /// The word that names it.
  String name();

  /// What it does, in one line.
  String summary();

  /// Its options, for `--help`; without the common ones.
  String options();

  /// Whether it answers `--help` itself.
  default boolean explainsItself() {
    return false;
  }

  /// @param arguments the words after its name
  /// @return an [ExitCode]
  int run(List<String> arguments);
}
