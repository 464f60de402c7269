package dev.parley.store.embedded;

import dev.parley.store.DutyContract;
import dev.parley.store.StoreFixture;

final class EmbeddedDutyTest extends DutyContract {
  @Override
  protected StoreFixture newFixture() throws Exception {
    return EmbeddedFixture.create();
  }
}
