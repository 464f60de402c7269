package dev.parley.auth.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.auth.address.IpAddress;
import dev.parley.auth.limits.ConnectionCounter.Opening;
import dev.parley.auth.limits.ConnectionCounter.Settings;
import dev.parley.config.Config;
import dev.parley.protocol.UserId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ConnectionCounterTest {
  private static final IpAddress HERE = IpAddress.parse("192.0.2.7").orElseThrow();
  private static final IpAddress LOOPBACK = IpAddress.parse("127.0.0.1").orElseThrow();
  private static final UserId ALICE = new UserId("alice");

  private final ConnectionCounter production =
      new ConnectionCounter(
          Settings.of(Config.of("mode", "production", "auth.secret", "x".repeat(32))));
  private final ConnectionCounter development =
      new ConnectionCounter(Settings.of(Config.defaults()));

  @Test
  void addressHasTenPlacesInProduction() {
    for (int i = 0; i < 10; i++) {
      assertThat(production.openFrom(HERE)).isEqualTo(Opening.OPENED);
      assertThat(production.openFrom(LOOPBACK)).isEqualTo(Opening.OPENED);
    }
    assertThat(production.openFrom(HERE)).isEqualTo(Opening.ADDRESS_FULL);
    assertThat(production.openFrom(LOOPBACK)).isEqualTo(Opening.ADDRESS_FULL);
    assertThat(production.open()).isEqualTo(20);
    production.closeFrom(HERE);
    assertThat(production.openFrom(HERE)).isEqualTo(Opening.OPENED);
  }

  @Test
  void thisMachineIsNotLimitedInDevelopment() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(development.openFrom(LOOPBACK)).isEqualTo(Opening.OPENED);
    }
    for (int i = 0; i < 10; i++) {
      assertThat(development.openFrom(HERE)).isEqualTo(Opening.OPENED);
    }
    assertThat(development.openFrom(HERE)).isEqualTo(Opening.ADDRESS_FULL);
  }

  @Test
  void userHasPlacesPerDialectInEveryMode() {
    assertThat(places("nexus")).isEqualTo(5);
    assertThat(places("native")).isEqualTo(20);
    assertThat(places("connect")).isEqualTo(20);
    development.closeFor("nexus", ALICE);
    assertThat(development.openFor("nexus", ALICE)).isEqualTo(Opening.OPENED);
    assertThat(development.openFor("nexus", new UserId("bob"))).isEqualTo(Opening.OPENED);
  }

  @Test
  void fullNodeTakesNobody() {
    var small = new ConnectionCounter(new Settings(2, Optional.of(10), true, Map.of("native", 20)));
    assertThat(small.openFrom(HERE)).isEqualTo(Opening.OPENED);
    assertThat(small.openFrom(HERE)).isEqualTo(Opening.OPENED);
    assertThat(small.openFrom(LOOPBACK)).isEqualTo(Opening.NODE_FULL);
    small.closeFrom(HERE);
    assertThat(small.openFrom(LOOPBACK)).isEqualTo(Opening.OPENED);
    assertThat(small.open()).isEqualTo(2);
  }

  @Test
  void placesOfOtherNodesCount() {
    var told = new HashMap<String, Integer>();
    var elsewhere = new HashMap<String, Integer>();
    var counter =
        new ConnectionCounter(Settings.of(Config.defaults()), Optional.of(rows(elsewhere, told)));
    elsewhere.put("c:nexus:alice", 3);
    elsewhere.put("i:192.0.2.7", 9);
    assertThat(counter.openFor("nexus", ALICE)).isEqualTo(Opening.OPENED);
    assertThat(counter.openFor("nexus", ALICE)).isEqualTo(Opening.OPENED);
    assertThat(counter.openFor("nexus", ALICE)).isEqualTo(Opening.USER_FULL);
    assertThat(counter.openFor("native", ALICE)).isEqualTo(Opening.OPENED);
    assertThat(counter.openFrom(HERE)).isEqualTo(Opening.OPENED);
    assertThat(counter.openFrom(HERE)).isEqualTo(Opening.ADDRESS_FULL);
    assertThat(counter.openFrom(LOOPBACK)).isEqualTo(Opening.OPENED);
    assertThat(told)
        .as("what nobody limits is not told")
        .isEqualTo(Map.of("c:nexus:alice", 2, "c:native:alice", 1, "i:192.0.2.7", 1));
    elsewhere.clear();
    assertThat(counter.openFor("nexus", ALICE)).as("that node is gone").isEqualTo(Opening.OPENED);
    for (int i = 0; i < 3; i++) {
      counter.closeFor("nexus", ALICE);
    }
    counter.closeFrom(HERE);
    assertThat(told).isEqualTo(Map.of("c:nexus:alice", 0, "c:native:alice", 1, "i:192.0.2.7", 0));
  }

  private static OtherCounts rows(Map<String, Integer> elsewhere, Map<String, Integer> told) {
    return new OtherCounts() {
      @Override
      public int open(String key) {
        return elsewhere.getOrDefault(key, 0);
      }

      @Override
      public void tell(String key, int open) {
        told.put(key, open);
      }
    };
  }

  private int places(String dialect) {
    int places = 0;
    while (development.openFor(dialect, ALICE) == Opening.OPENED) {
      places++;
    }
    return places;
  }
}
