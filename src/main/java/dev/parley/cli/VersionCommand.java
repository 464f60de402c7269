package dev.parley.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

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
    terminal.out().println("parley " + version() + " (Java " + Runtime.version() + ")");
    return ExitCode.OK;
  }

  /// The version of this build.
  private static String version() {
    try (var file = VersionCommand.class.getResourceAsStream("version.txt")) {
      var bytes = Objects.requireNonNull(file, "version.txt").readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
