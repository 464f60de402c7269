package dev.parley.store.embedded;

import dev.parley.store.KeysContract;
import dev.parley.store.StoreFixture;

final class EmbeddedKeysTest extends KeysContract {
  @Override
  protected StoreFixture newFixture() throws Exception {
    return EmbeddedFixture.create();
  }
}
