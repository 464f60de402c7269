package dev.parley.kit;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Skips tests where there is no redis-server, and says so once. On a continuous integration
/// machine they run, and fail.
public final class NeedsRedis implements ExecutionCondition {
  private static final String MISSING =
      "redis-server is not on the PATH: the tests of the shared store are skipped";

  private static final AtomicBoolean SAID = new AtomicBoolean();

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (RedisServer.find().isPresent() || "true".equals(System.getenv("CI"))) {
      return ConditionEvaluationResult.enabled("");
    }
    if (!SAID.getAndSet(true)) {
      System.err.println(MISSING);
    }
    return ConditionEvaluationResult.disabled(MISSING);
  }
}
