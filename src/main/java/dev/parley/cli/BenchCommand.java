package dev.parley.cli;

import dev.parley.cli.bench.Bench;
import java.util.List;

/// `parley bench`: the load client. It measures any server and reads no configuration.
record BenchCommand() implements Command {
  @Override
  public String name() {
    return "bench";
  }

  @Override
  public String summary() {
    return "measure a running server";
  }

  @Override
  public String options() {
    return "";
  }

  @Override
  public boolean explainsItself() {
    return true;
  }

  @Override
  public int run(List<String> arguments) {
    return Bench.run(arguments.toArray(String[]::new));
  }
}
