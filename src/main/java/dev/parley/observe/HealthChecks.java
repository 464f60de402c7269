package dev.parley.observe;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The named checks of this node. Components register theirs when they start; any thread may.
///
/// A check is asked on the event loop that serves `/health`: it tells what its component knows
/// already, and neither waits nor throws (one that throws counts as unhealthy).
public final class HealthChecks {
  private static final Logger LOG = LoggerFactory.getLogger(HealthChecks.class);

  /// What a failing check means.
  public enum Kind {
    /// The process is beyond help: restart it.
    LIVENESS,
    /// Send no new clients here, for now.
    READINESS
  }

  private record Check(Kind kind, Supplier<Health> question) {}

  private final Map<String, Check> checks = new ConcurrentSkipListMap<>();

  /// @throws IllegalStateException if the name is taken
  public void register(String name, Kind kind, Supplier<Health> check) {
    if (checks.putIfAbsent(name, new Check(kind, check)) != null) {
      throw new IllegalStateException("a health check named " + name + " is registered already");
    }
  }

  public void remove(String name) {
    checks.remove(name);
  }

  /// Asks the liveness checks.
  public Report liveness() {
    return report(false);
  }

  /// Asks all checks: what is not alive is not ready.
  public Report readiness() {
    return report(true);
  }

  /// What the checks said, by name.
  public record Report(Map<String, Health> checks) {
    public Report {
      checks = Collections.unmodifiableMap(new TreeMap<>(checks));
    }

    /// Whether all is well enough: nothing is unhealthy.
    public boolean isUp() {
      return checks.values().stream().noneMatch(Health.Unhealthy.class::isInstance);
    }

    public boolean isDegraded() {
      return checks.values().stream().anyMatch(Health.Degraded.class::isInstance);
    }
  }

  private Report report(boolean all) {
    var answers = new TreeMap<String, Health>();
    checks.forEach(
        (name, check) -> {
          if (all || check.kind() == Kind.LIVENESS) {
            answers.put(name, ask(name, check));
          }
        });
    return new Report(answers);
  }

  private static Health ask(String name, Check check) {
    try {
      return check.question().get();
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("check", name).setCause(e).log("A health check failed by itself");
      return new Health.Unhealthy("the check itself failed");
    }
  }
}
