package dev.parley.store.embedded;

import dev.parley.store.RefusalsContract;
import dev.parley.store.StoreFixture;

final class EmbeddedRefusalsTest extends RefusalsContract {
  @Override
  protected StoreFixture newFixture() throws Exception {
    return EmbeddedFixture.create();
  }
}
