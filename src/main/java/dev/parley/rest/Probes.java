package dev.parley.rest;

import dev.parley.observe.Health;
import dev.parley.observe.HealthChecks.Report;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/// `/health/*`, as orchestrators and balancers read it: 200 or 503, and why.
final class Probes {
  private Probes() {}

  static void answer(RoutingContext context, Report report) {
    JsonObject checks = new JsonObject();
    report.checks().forEach((name, health) -> checks.put(name, textOf(health)));
    JsonObject body = new JsonObject().put("status", statusOf(report)).put("checks", checks);
    Answers.json(context, report.isUp() ? 200 : 503, body);
  }

  private static String statusOf(Report report) {
    if (!report.isUp()) {
      return "unhealthy";
    }
    return report.isDegraded() ? "degraded" : "healthy";
  }

  private static String textOf(Health health) {
    return switch (health) {
      case Health.Healthy(String text) -> text.isEmpty() ? "healthy" : "healthy: " + text;
      case Health.Degraded(String text) -> "degraded: " + text;
      case Health.Unhealthy(String text) -> "unhealthy: " + text;
    };
  }
}
