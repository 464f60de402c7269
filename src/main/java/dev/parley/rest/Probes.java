package dev.parley.rest;

import dev.parley.observe.Health;
import dev.parley.observe.HealthChecks.Report;
import dev.parley.protocol.json.JsonWriter;

/// How the server is, as orchestrators and balancers read it: 200 or 503, and why.
final class Probes {
  private Probes() {}

  static Answer answer(Report report) {
    return Answer.of(
        status(report),
        out -> {
          out.text("status", word(report));
          writeChecks(out, report);
        });
  }

  static int status(Report report) {
    return report.isUp() ? 200 : 503;
  }

  static String word(Report report) {
    if (!report.isUp()) {
      return "unhealthy";
    }
    return report.isDegraded() ? "degraded" : "healthy";
  }

  /// 100 if all checks are healthy; each one that is degraded takes half of its share, each one
  /// that is unhealthy all of it.
  static long score(Report report) {
    double points = report.checks().values().stream().mapToDouble(Probes::points).sum();
    return report.checks().isEmpty() ? 100 : Math.round(100 * points / report.checks().size());
  }

  static boolean isHealthy(Report report, String check) {
    return report.checks().get(check) instanceof Health.Healthy;
  }

  static void writeChecks(JsonWriter out, Report report) {
    out.object("checks");
    report.checks().forEach((name, health) -> out.text(name, textOf(health)));
    out.end();
  }

  private static double points(Health health) {
    return switch (health) {
      case Health.Healthy _ -> 1;
      case Health.Degraded _ -> 0.5;
      case Health.Unhealthy _ -> 0;
    };
  }

  private static String textOf(Health health) {
    return switch (health) {
      case Health.Healthy(String text) -> text.isEmpty() ? "healthy" : "healthy: " + text;
      case Health.Degraded(String text) -> "degraded: " + text;
      case Health.Unhealthy(String text) -> "unhealthy: " + text;
    };
  }
}
