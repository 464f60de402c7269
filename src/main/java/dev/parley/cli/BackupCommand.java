package dev.parley.cli;

import dev.parley.config.Config;
import dev.parley.config.ConfigResult.Loaded;
import dev.parley.config.ConfigResult.Refused;
import dev.parley.store.embedded.Backup;
import dev.parley.store.embedded.Backup.Outcome;
import java.nio.file.Path;
import java.util.List;

/// `parley backup`: a consistent copy of the store, also while a server has it open.
record BackupCommand(Terminal terminal) implements Command {
  @Override
  public String name() {
    return "backup";
  }

  @Override
  public String summary() {
    return "copy the store to a file, also while the server runs";
  }

  @Override
  public String options() {
    return "TARGET                 the file to make; it must not exist\n";
  }

  @Override
  public int run(List<String> arguments) {
    if (arguments.isEmpty() || arguments.getFirst().startsWith("-")) {
      throw new UsageException("backup needs a target file");
    }
    var target = Path.of(arguments.getFirst());
    return switch (terminal.load(arguments.subList(1, arguments.size()))) {
      case Refused(var line) -> terminal.refuse(line);
      case Loaded loaded -> copy(loaded.config(), target);
    };
  }

  private int copy(Config config, Path target) {
    if (config.store().redis().isOn()) {
      return terminal.fail(
          "The store is on Redis, which is copied by Redis itself: copy its append-only files or"
              + " dump.rdb after BGSAVE, or keep a replica; see docs/operations.md");
    }
    return switch (Backup.copy(config.store().directory(), target)) {
      case Outcome.Refused(var line) -> terminal.fail(line);
      case Outcome.Copied(var file, long bytes) -> {
        terminal.out().println(file + ": " + bytes + " bytes");
        yield ExitCode.OK;
      }
    };
  }
}
