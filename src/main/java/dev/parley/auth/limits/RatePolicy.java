package dev.parley.auth.limits;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Quotas that hold at once.
///
/// @param block who passes one is refused everything for so long
public record RatePolicy(List<Quota> quotas, Optional<Duration> block) {
  public RatePolicy {
    quotas = List.copyOf(quotas);
    if (quotas.isEmpty()) {
      throw new IllegalArgumentException("a policy without a quota");
    }
  }

  public static RatePolicy of(Quota... quotas) {
    return new RatePolicy(List.of(quotas), Optional.empty());
  }

  public RatePolicy blocking(Duration time) {
    return new RatePolicy(quotas, Optional.of(time));
  }
}
