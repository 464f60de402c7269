package dev.parley.rest;

import dev.parley.observe.HealthChecks;
import io.vertx.core.Future;
import java.util.List;

/// How the node is, for orchestrators and balancers.
final class HealthCalls {
  private final HealthChecks health;

  HealthCalls(HealthChecks health) {
    this.health = health;
  }

  List<Call> calls() {
    return List.of(
        Call.get("/health/live", Rights.OPEN, _ -> answer(health.liveness())),
        Call.get("/health/ready", Rights.OPEN, _ -> answer(health.readiness())));
  }

  private static Future<Answer> answer(HealthChecks.Report report) {
    return Future.succeededFuture(Probes.answer(report));
  }
}
