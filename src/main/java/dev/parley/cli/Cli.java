package dev.parley.cli;

import static java.util.stream.Collectors.joining;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The command line: finds the command and runs it. No command at all means `serve`.
public final class Cli {
  private static final String COMMON =
      """
      Every command reads the configuration:
        --conf FILE            a file such as conf/parley.yaml
        --SECTION.KEY=VALUE    one key, such as --http.port=9000; wins over file and environment
      Keys are listed in docs/configuration.md; `parley check` prints what counts.
      """;

  private final Terminal terminal;
  private final List<Command> commands;

  public Cli(Terminal terminal, Server server) {
    this.terminal = terminal;
    this.commands =
        List.of(
            new ServeCommand(terminal, server),
            new CheckCommand(terminal),
            new TokenCommand(terminal, InstantSource.system()),
            new BackupCommand(terminal),
            new BenchCommand(),
            new VersionCommand(terminal));
  }

  /// @param words everything after the program's name
  /// @return an [ExitCode]; after `serve` returned `OK` the server runs on
  public int run(List<String> words) {
    boolean named = !words.isEmpty() && !words.getFirst().startsWith("-");
    boolean help = words.contains("--help") || words.contains("-h");
    if (help && !named) {
      terminal.out().print(overview());
      return ExitCode.OK;
    }
    var name = named ? words.getFirst() : "serve";
    var arguments = named ? words.subList(1, words.size()) : words;
    return find(name)
        .map(
            command ->
                help && !command.explainsItself() ? explain(command) : execute(command, arguments))
        .orElseGet(() -> terminal.refuse("there is no command " + name + "; try --help"));
  }

  private Optional<Command> find(String name) {
    return commands.stream().filter(command -> command.name().equals(name)).findFirst();
  }

  private int execute(Command command, List<String> arguments) {
    try {
      return command.run(new ArrayList<>(arguments));
    } catch (UsageException e) {
      return terminal.refuse(e.getMessage() + "; try parley " + command.name() + " --help");
    }
  }

  private int explain(Command command) {
    terminal.out().println("parley " + command.name() + ": " + command.summary());
    terminal.out().print(command.options().indent(2));
    terminal.out().print("\n" + COMMON);
    return ExitCode.OK;
  }

  private String overview() {
    return commands.stream()
        .map(command -> "  %-10s %s\n".formatted(command.name(), command.summary()))
        .collect(joining("", "parley COMMAND [OPTIONS]\n\n", "\n" + COMMON));
  }
}
