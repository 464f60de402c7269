package dev.parley.store.embedded;

import dev.parley.store.EventLogContract;
import dev.parley.store.StoreFixture;

final class EmbeddedEventLogTest extends EventLogContract {
  @Override
  protected StoreFixture newFixture() throws Exception {
    return EmbeddedFixture.create();
  }
}
