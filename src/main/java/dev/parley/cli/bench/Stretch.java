package dev.parley.cli.bench;

import java.time.Duration;
import java.util.Optional;

/// A stretch of time, with what the server's and our own process used in it.
///
/// @param server empty if no process id was given
record Stretch(Duration time, Optional<Use> server, Use client) {

  double seconds() {
    return time.toNanos() / 1e9;
  }

  /// @param rssBytes at the end
  record Use(double cpuSeconds, long rssBytes) {
    private static Use between(ProcessSample begin, ProcessSample end) {
      return new Use(end.cpuSeconds() - begin.cpuSeconds(), end.rssBytes());
    }
  }

  /// A stretch that has begun.
  record Begun(
      long at, Optional<Long> serverPid, Optional<ProcessSample> server, ProcessSample client) {
    static Begun now(Optional<Long> serverPid) {
      return new Begun(Mark.now(), serverPid, serverPid.map(ProcessSample::of), ourselves());
    }

    Stretch end() {
      return new Stretch(
          Duration.ofNanos(Mark.now() - at),
          server.map(begin -> Use.between(begin, ProcessSample.of(serverPid.orElseThrow()))),
          Use.between(client, ourselves()));
    }

    private static ProcessSample ourselves() {
      return ProcessSample.of(ProcessHandle.current().pid());
    }
  }
}
