package dev.parley.store.embedded;

import dev.parley.store.PositionsContract;
import dev.parley.store.StoreFixture;

final class EmbeddedPositionsTest extends PositionsContract {
  @Override
  protected StoreFixture newFixture() throws Exception {
    return EmbeddedFixture.create();
  }
}
