package dev.parley.store;

import static dev.parley.store.Await.await;
import static dev.parley.store.Samples.ROOM;
import static dev.parley.store.Samples.append;
import static dev.parley.store.Samples.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.store.Append.NewEvent;
import dev.parley.store.AppendResult.Appended;
import dev.parley.store.AppendResult.Behind;
import dev.parley.store.AppendResult.Stale;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A store that is open during each test, and short words for using it.
abstract class StoreContract {
  private StoreFixture fixture;
  private Store store;

  /// A store that holds nothing.
  protected abstract StoreFixture newFixture() throws Exception;

  @BeforeEach
  final void openFresh() throws Exception {
    fixture = newFixture();
    store = fixture.open();
  }

  @AfterEach
  final void closeAll() throws Exception {
    await(store.close());
    fixture.end();
  }

  final Store store() {
    return store;
  }

  protected final EventLog log() {
    return store.log();
  }

  final Records records() {
    return store.records();
  }

  protected final StoreFixture fixture() {
    return fixture;
  }

  /// Begins a new life of the store.
  final void reopen() throws Exception {
    await(store.close());
    store = fixture.open();
  }

  final void restore(StoreFixture.Saved saved) throws Exception {
    await(store.close());
    fixture.restore(saved);
    store = fixture.open();
  }

  final void empty() throws Exception {
    await(store.close());
    fixture.empty();
    store = fixture.open();
  }

  final Appended stored(Append append) throws Exception {
    return (Appended) await(log().append(append));
  }

  final Behind behind(Append append) throws Exception {
    return (Behind) await(log().append(append));
  }

  final void ensureStale(Append append) throws Exception {
    assertThat(await(log().append(append))).isEqualTo(new Stale());
  }

  final List<StoredEvent> readAll() throws Exception {
    var all = new ArrayList<StoredEvent>();
    List<StoredEvent> page = await(log().read(ROOM, 0, 1_000));
    while (!page.isEmpty()) {
      all.addAll(page);
      page = await(log().read(ROOM, page.getLast().seq(), 1_000));
    }
    return all;
  }

  /// Appends messages `1` to `count`.
  final void fill(int count) throws Exception {
    List<NewEvent> events = IntStream.rangeClosed(1, count).mapToObj(i -> message("" + i)).toList();
    var appends = new ArrayList<Future<?>>();
    for (int from = 0; from < count; from += 64) {
      var part = events.subList(from, Math.min(count, from + 64));
      appends.add(log().append(append(ROOM, part.toArray(NewEvent[]::new))));
    }
    await(Future.all(appends));
  }
}
