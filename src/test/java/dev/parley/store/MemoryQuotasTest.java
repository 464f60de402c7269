package dev.parley.store;

import java.time.Duration;

/// The model that other tests lean on keeps the contract too.
final class MemoryQuotasTest extends QuotasContract {
  private final MemoryQuotas quotas = new MemoryQuotas();

  @Override
  protected Quotas quotas() {
    return quotas;
  }

  @Override
  protected void pass(Duration time) {
    quotas.pass(time);
  }
}
