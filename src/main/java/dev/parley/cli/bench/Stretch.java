package dev.parley.cli.bench;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A stretch of time, with what the server's and our own process used in it.
///
/// @param server empty if no process id was given
record Stretch(Duration time, Optional<Use> server, Use client) {

  double seconds() {
    return time.toNanos() / 1e9;
  }

  /// @param compilerSeconds part of `cpuSeconds`
  /// @param rssBytes at the end
  record Use(double cpuSeconds, double compilerSeconds, long rssBytes) {
    private static Use between(ProcessSample begin, ProcessSample end) {
      return new Use(
          end.cpuSeconds() - begin.cpuSeconds(),
          end.compilerSeconds() - begin.compilerSeconds(),
          end.rssBytes());
    }
  }

  /// A stretch that has begun.
  record Begun(
      long at, List<Long> serverPids, Optional<ProcessSample> server, ProcessSample client) {
    static Begun now(List<Long> serverPids) {
      return new Begun(Mark.now(), serverPids, ProcessSample.ofAll(serverPids), ourselves());
    }

    Stretch end() {
      return new Stretch(
          Duration.ofNanos(Mark.now() - at),
          ProcessSample.ofAll(serverPids).map(end -> Use.between(server.orElseThrow(), end)),
          Use.between(client, ourselves()));
    }

    private static ProcessSample ourselves() {
      return ProcessSample.of(ProcessHandle.current().pid());
    }
  }
}
