package dev.parley.store.embedded;

import dev.parley.store.RecordsContract;
import dev.parley.store.StoreFixture;

final class EmbeddedRecordsTest extends RecordsContract {
  @Override
  protected StoreFixture newFixture() throws Exception {
    return EmbeddedFixture.create();
  }

  @Override
  protected java.time.Instant now() {
    return ((EmbeddedFixture) fixture()).now();
  }
}
