package dev.parley.store;

import static dev.parley.store.Await.await;
import static dev.parley.store.Samples.ROOM;
import static dev.parley.store.Samples.message;
import static dev.parley.store.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Position;
import dev.parley.protocol.Stamp;
import dev.parley.store.Append.NewEvent;
import dev.parley.store.EventLog.Check;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/// Random appends, lives, trims, copies, restored copies and losses of everything. Every event is
/// unlike any other, so who saw the event at a position saw all before it; therefore a position is
/// good exactly if the event seen there is the one that is there now.
final class PositionsGame {
  private final StoreContract contract;
  private final Random random;
  private final String seed;
  private final Map<Position, String> given = new HashMap<>();
  private final List<Copy> copies = new ArrayList<>();
  private List<String> history = new ArrayList<>();
  private long trimmed;
  private int events;
  private int good;
  private int bad;

  PositionsGame(StoreContract contract, long seed) {
    this.contract = contract;
    this.random = new Random(seed);
    this.seed = "seed " + seed + " (-Dparley.test.seed)";
  }

  private record Copy(StoreFixture.Saved saved, List<String> history, long trimmed) {}

  void play(int rounds) throws Exception {
    for (int round = 0; round < rounds; round++) {
      move();
      checkAll();
      checkHistory();
    }
    System.out.printf("positions: %d good, %d not, %s%n", good, bad, seed);
    assertThat(good).as(seed).isPositive();
    assertThat(bad).as(seed).isPositive();
  }

  private void move() throws Exception {
    switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> append();
      case 4, 5 -> contract.reopen();
      case 6 -> copies.add(new Copy(save(), List.copyOf(history), trimmed));
      case 7 -> restore();
      case 8 -> trimOrEmpty();
      default -> appendInANewLife();
    }
  }

  private void append() throws Exception {
    int count = 1 + random.nextInt(5);
    NewEvent[] fresh =
        IntStream.range(0, count).mapToObj(_ -> message("e" + events++)).toArray(NewEvent[]::new);
    List<Stamp> stamps = contract.stored(Samples.append(ROOM, fresh)).stamps();
    for (int i = 0; i < count; i++) {
      String event = text(fresh[i].payload());
      history.add(event);
      String other = given.put(stamps.get(i).position(), event);
      assertThat(other).as("%s was given out before, %s", stamps.get(i), seed).isNull();
    }
  }

  private void appendInANewLife() throws Exception {
    contract.reopen();
    append();
  }

  private StoreFixture.Saved save() throws Exception {
    return contract.fixture().save(contract.store());
  }

  private void restore() throws Exception {
    if (!copies.isEmpty()) {
      Copy copy = copies.get(random.nextInt(copies.size()));
      contract.restore(copy.saved());
      history = new ArrayList<>(copy.history());
      trimmed = copy.trimmed();
    }
  }

  private void trimOrEmpty() throws Exception {
    if (random.nextInt(4) == 0) {
      contract.empty();
      history.clear();
      trimmed = 0;
    } else if (!history.isEmpty()) {
      long upTo = random.nextLong(1, history.size() + 1);
      await(contract.log().trim(ROOM, upTo));
      trimmed = Math.max(trimmed, upTo);
    }
  }

  private void checkAll() throws Exception {
    var checks = new HashMap<Map.Entry<Position, String>, Future<Check>>();
    given.entrySet().forEach(each -> checks.put(each, contract.log().check(ROOM, each.getKey())));
    for (var position : checks.keySet()) {
      Check check = await(checks.get(position));
      assertThat(check).as("%s, %s", position, seed).isEqualTo(expected(position));
      good += check == Check.GOOD ? 1 : 0;
      bad += check == Check.GOOD ? 0 : 1;
    }
  }

  private Check expected(Map.Entry<Position, String> position) {
    long seq = position.getKey().seq();
    if (seq > history.size() || !history.get((int) seq - 1).equals(position.getValue())) {
      return Check.LOST;
    }
    return seq < trimmed ? Check.TRIMMED : Check.GOOD;
  }

  private void checkHistory() throws Exception {
    List<StoredEvent> stored = await(contract.log().read(ROOM, 0, 1_000));
    assertThat(Samples.texts(stored))
        .as(seed)
        .isEqualTo(history.subList((int) trimmed, history.size()));
    for (StoredEvent event : stored) {
      assertThat(given.get(event.stamp().position())).as(seed).isEqualTo(text(event.payload()));
    }
  }
}
