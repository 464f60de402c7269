package dev.parley.store;

import static dev.parley.store.Await.await;
import static dev.parley.store.Samples.OTHER;
import static dev.parley.store.Samples.ROOM;
import static dev.parley.store.Samples.bytes;
import static dev.parley.store.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.store.Records.PutResult;
import dev.parley.store.Records.PutResult.Stale;
import dev.parley.store.Records.PutResult.Written;
import dev.parley.store.Records.StoredRecord;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What [Records] promises.
public abstract class RecordsContract extends StoreContract {

  /// The store's time, from which expiry counts.
  protected abstract Instant now();

  @Test
  void whatWasPutIsGot() throws Exception {
    assertThat(await(records().get(ROOM, "k"))).isEmpty();
    assertThat(await(records().put(ROOM, "k", bytes("v")))).isEqualTo(new Written(1));
    StoredRecord record = await(records().get(ROOM, "k")).orElseThrow();
    assertThat(record.key()).isEqualTo("k");
    assertThat(text(record.value())).isEqualTo("v");
    assertThat(record.version()).isEqualTo(1);
    assertThat(record.seq()).isZero();
  }

  @Test
  void theVersionGrowsByOneWithEveryWrite() throws Exception {
    for (long version = 1; version <= 5; version++) {
      assertThat(await(records().put(ROOM, "k", bytes("v" + version))))
          .isEqualTo(new Written(version));
      assertThat(await(records().get(ROOM, "k")).orElseThrow().version()).isEqualTo(version);
    }
  }

  @Test
  void scopesAndKeysDoNotMeet() throws Exception {
    await(records().put(ROOM, "k", bytes("1")));
    await(records().put(OTHER, "k", bytes("2")));
    await(records().put(ROOM, "K", bytes("3")));
    assertThat(got("k")).isEqualTo("1");
    assertThat(got("K")).isEqualTo("3");
    assertThat(text(await(records().get(OTHER, "k")).orElseThrow().value())).isEqualTo("2");
  }

  @Test
  void whatWasPutIsThereInALaterLife() throws Exception {
    await(records().put(ROOM, "k", bytes("v")));
    await(records().put(ROOM, "k", bytes("w")));
    reopen();
    assertThat(got("k")).isEqualTo("w");
    assertThat(await(records().put(ROOM, "k", bytes("x")))).isEqualTo(new Written(3));
  }

  @Test
  void putsMadeInAnOrderAreStoredInIt() throws Exception {
    var puts =
        IntStream.range(0, 500).mapToObj(i -> records().put(ROOM, "k", bytes("v" + i))).toList();
    await(Future.all(puts));
    assertThat(got("k")).isEqualTo("v499");
    assertThat(puts.get(250).result()).isEqualTo(new Written(251));
  }

  @Test
  void aRecordAtItsExpectedVersionIsReplaced() throws Exception {
    assertThat(putIf("k", "a", 0)).isEqualTo(new Written(1));
    assertThat(putIf("k", "b", 1)).isEqualTo(new Written(2));
    assertThat(got("k")).isEqualTo("b");
  }

  @Test
  void aRecordAtAnotherVersionIsLeftAndShown() throws Exception {
    await(records().put(ROOM, "k", bytes("a")));
    await(records().put(ROOM, "k", bytes("b")));
    StoredRecord current = ((Stale) putIf("k", "c", 1)).current().orElseThrow();
    assertThat(text(current.value())).isEqualTo("b");
    assertThat(current.version()).isEqualTo(2);
    assertThat(putIf("k", "c", 0)).isInstanceOf(Stale.class);
    assertThat(putIf("none", "c", 3)).isEqualTo(new Stale(Optional.empty()));
    assertThat(await(records().get(ROOM, "none"))).isEmpty();
  }

  @Test
  void ofManyWhoWantALeaseOneGetsIt() throws Exception {
    var claims =
        IntStream.range(0, 50)
            .mapToObj(
                i ->
                    records()
                        .put(ROOM, "lease", bytes("c" + i), OptionalLong.of(0), Optional.empty()))
            .toList();
    await(Future.all(claims));
    assertThat(claims).extracting(Future::result).filteredOn(Written.class::isInstance).hasSize(1);
  }

  @Test
  void aRemovedRecordIsGone() throws Exception {
    await(records().put(ROOM, "k", bytes("v")));
    await(records().remove(ROOM, "k"));
    assertThat(await(records().get(ROOM, "k"))).isEmpty();
    assertThat(putIf("k", "w", 0)).isEqualTo(new Written(1));
  }

  @Test
  void removingWhatIsNotThereIsNoError() throws Exception {
    await(records().remove(ROOM, "k"));
    await(records().put(ROOM, "other", bytes("v")));
    await(records().remove(ROOM, "k"));
    assertThat(got("other")).isEqualTo("v");
  }

  @Test
  void aScanListsByPrefixInCodePointOrder() throws Exception {
    for (String key :
        List.of("a:2", "b:1", "a:10", "a:", "a", "a:é", "a:\uFFFD", "a:😀", "a;", "a:Z")) {
      await(records().put(ROOM, key, bytes(key)));
    }
    await(records().put(OTHER, "a:3", bytes("")));
    assertThat(keys("a:", "", 100))
        .containsExactly("a:", "a:10", "a:2", "a:Z", "a:é", "a:\uFFFD", "a:😀");
    assertThat(keys("a:1", "", 100)).containsExactly("a:10");
    assertThat(keys("c", "", 100)).isEmpty();
    assertThat(keys("", "", 100)).hasSize(10).startsWith("a", "a:").endsWith("b:1");
  }

  @Test
  void aScanGoesOnAfterAKey() throws Exception {
    for (int i = 0; i < 25; i++) {
      await(records().put(ROOM, "p%02d".formatted(i), bytes("v")));
    }
    await(records().put(ROOM, "o", bytes("v")));
    await(records().put(ROOM, "q", bytes("v")));
    var all = new ArrayList<String>();
    List<String> page = keys("p", "", 10);
    while (!page.isEmpty()) {
      assertThat(page.size()).isLessThanOrEqualTo(10);
      all.addAll(page);
      page = keys("p", page.getLast(), 10);
    }
    assertThat(all).isEqualTo(IntStream.range(0, 25).mapToObj("p%02d"::formatted).toList());
    assertThat(keys("p", "p10x", 1)).containsExactly("p11");
    assertThat(keys("p", "a", 1)).containsExactly("p00");
    assertThat(keys("p", "q", 1)).isEmpty();
  }

  @Test
  void aScanFindsWhatALookAtEveryKeyFinds() throws Exception {
    long seed = Long.getLong("parley.test.seed", System.nanoTime());
    var random = new Random(seed);
    var expected = new TreeSet<String>(byCodePoints());
    for (int i = 0; i < 200; i++) {
      String key = randomKey(random);
      await(records().put(ROOM, key, bytes(key)));
      expected.add(key);
    }
    for (int i = 0; i < 200; i++) {
      String prefix = Character.toString(randomKey(random).codePointAt(0));
      String after = random.nextBoolean() ? "" : randomKey(random);
      List<String> matching =
          expected.stream()
              .filter(key -> key.startsWith(prefix) && byCodePoints().compare(key, after) > 0)
              .limit(10)
              .toList();
      assertThat(keys(prefix, after, 10))
          .as("'%s' after '%s', seed %d", prefix, after, seed)
          .isEqualTo(matching);
    }
  }

  @Test
  void aLimitIsOneToAThousand() {
    assertThatThrownBy(() -> await(records().scan(ROOM, "", "", 0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> await(records().scan(ROOM, "", "", 1_001)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRecordExpires() throws Exception {
    putFor("k", "v", Duration.ofSeconds(2));
    putFor("l", "v", Duration.ofHours(2));
    assertThat(got("k")).isEqualTo("v");
    fixture().pass(Duration.ofSeconds(3));
    assertThat(await(records().get(ROOM, "k"))).isEmpty();
    assertThat(keys("", "", 10)).containsExactly("l");
  }

  @Test
  void anExpiredRecordIsNone() throws Exception {
    putFor("k", "v", Duration.ofSeconds(1));
    assertThat(putIf("k", "w", 0)).isInstanceOf(Stale.class);
    fixture().pass(Duration.ofSeconds(2));
    assertThat(putIf("k", "w", 1)).isEqualTo(new Stale(Optional.empty()));
    assertThat(putIf("k", "w", 0)).isEqualTo(new Written(1));
    assertThat(got("k")).isEqualTo("w");
  }

  @Test
  void aLaterPutDecidesAboutExpiryAnew() throws Exception {
    putFor("k", "v", Duration.ofSeconds(2));
    await(records().put(ROOM, "k", bytes("w")));
    fixture().pass(Duration.ofSeconds(3));
    assertThat(got("k")).isEqualTo("w");
  }

  private void putFor(String key, String value, Duration time) throws Exception {
    await(
        records()
            .put(ROOM, key, bytes(value), OptionalLong.empty(), Optional.of(now().plus(time))));
  }

  private PutResult putIf(String key, String value, long version) throws Exception {
    return await(
        records().put(ROOM, key, bytes(value), OptionalLong.of(version), Optional.empty()));
  }

  private String got(String key) throws Exception {
    return text(await(records().get(ROOM, key)).orElseThrow().value());
  }

  private List<String> keys(String prefix, String after, int limit) throws Exception {
    return await(records().scan(ROOM, prefix, after, limit)).stream()
        .map(StoredRecord::key)
        .toList();
  }

  private static String randomKey(Random random) {
    int length = 1 + random.nextInt(4);
    int[] alphabet = {'a', 'b', 'z', 0x7f, 0x80, 0x7ff, 0x800, 0xffff, 0x1f600};
    return IntStream.range(0, length)
        .map(_ -> alphabet[random.nextInt(alphabet.length - (length == 1 ? 1 : 0))])
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static Comparator<String> byCodePoints() {
    return (a, b) -> java.util.Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
  }
}
