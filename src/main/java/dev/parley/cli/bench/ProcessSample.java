package dev.parley.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a process of this machine has used up to now, as Linux accounts for it (`proc(5)`).
///
/// @param cpuSeconds user and system time of all its threads
/// @param compilerSeconds of them those in which a Java virtual machine compiled, as it does the
///   more the shorter it runs
record ProcessSample(double cpuSeconds, double compilerSeconds, long rssBytes) {
  private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux
  private static final int USER_TICKS = 11; // counted from the field after the name
  private static final int SYSTEM_TICKS = 12;
  private static final Pattern COMPILER = Pattern.compile("\\(C[12] Compiler.*", Pattern.DOTALL);
  private static final Pattern RSS = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");

  /// The sum of several processes.
  ///
  /// @return empty if there are none
  static Optional<ProcessSample> ofAll(List<Long> pids) {
    return pids.stream().map(ProcessSample::of).reduce(ProcessSample::plus);
  }

  private ProcessSample plus(ProcessSample other) {
    return new ProcessSample(
        cpuSeconds + other.cpuSeconds,
        compilerSeconds + other.compilerSeconds,
        rssBytes + other.rssBytes);
  }

  static ProcessSample of(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    try {
      return parse(
          Files.readString(process.resolve("stat")),
          statsOfThreads(process.resolve("task")),
          Files.readString(process.resolve("status")));
    } catch (IOException e) {
      throw new NotMeasuredException("process " + pid + " cannot be measured: " + e);
    }
  }

  private static List<String> statsOfThreads(Path task) throws IOException {
    try (Stream<Path> threads = Files.list(task)) {
      return threads.map(thread -> statIfAny(thread.resolve("stat"))).toList();
    }
  }

  /// Threads may end meanwhile.
  private static String statIfAny(Path stat) {
    try {
      return Files.readString(stat);
    } catch (IOException e) {
      return "";
    }
  }

  static ProcessSample parse(String stat, List<String> threads, String status) {
    double compiler =
        threads.stream()
            .filter(thread -> COMPILER.matcher(thread.substring(thread.indexOf(' ') + 1)).matches())
            .mapToDouble(ProcessSample::seconds)
            .sum();
    Matcher rss = RSS.matcher(status);
    long kibibytes = rss.find() ? Long.parseLong(rss.group(1)) : 0;
    return new ProcessSample(seconds(stat), compiler, kibibytes * 1024);
  }

  private static double seconds(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
    return ticks / TICKS_PER_SECOND;
  }
}
