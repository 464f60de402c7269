package dev.parley.store.embedded;

import dev.parley.store.FeedContract;
import dev.parley.store.StoreFixture;

final class EmbeddedFeedTest extends FeedContract {
  @Override
  protected StoreFixture newFixture() throws Exception {
    return EmbeddedFixture.create();
  }
}
