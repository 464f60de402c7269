package dev.parley.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a process of this machine has used up to now, as Linux accounts for it (`proc(5)`).
///
/// @param cpuSeconds user and system time of all its threads
record ProcessSample(double cpuSeconds, long rssBytes) {
  private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux
  private static final int USER_TICKS = 11; // counted from the field after the name
  private static final int SYSTEM_TICKS = 12;
  private static final Pattern RSS = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");

  /// The sum of several processes.
  ///
  /// @return empty if there are none
  static Optional<ProcessSample> ofAll(List<Long> pids) {
    return pids.stream().map(ProcessSample::of).reduce(ProcessSample::plus);
  }

  private ProcessSample plus(ProcessSample other) {
    return new ProcessSample(cpuSeconds + other.cpuSeconds, rssBytes + other.rssBytes);
  }

  static ProcessSample of(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    try {
      return parse(
          Files.readString(process.resolve("stat")), Files.readString(process.resolve("status")));
    } catch (IOException e) {
      throw new NotMeasuredException("process " + pid + " cannot be measured: " + e);
    }
  }

  static ProcessSample parse(String stat, String status) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
    Matcher rss = RSS.matcher(status);
    long kibibytes = rss.find() ? Long.parseLong(rss.group(1)) : 0;
    return new ProcessSample(ticks / TICKS_PER_SECOND, kibibytes * 1024);
  }
}
