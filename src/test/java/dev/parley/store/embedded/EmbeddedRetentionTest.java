package dev.parley.store.embedded;

import dev.parley.store.RetentionContract;
import dev.parley.store.StoreFixture;

final class EmbeddedRetentionTest extends RetentionContract {
  @Override
  protected StoreFixture newFixture() throws Exception {
    return EmbeddedFixture.create();
  }
}
