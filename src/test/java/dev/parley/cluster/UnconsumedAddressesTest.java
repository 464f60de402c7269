package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnconsumedAddressesTest {
  private static final String NEWS = "parley.events.chat";

  private long now = Duration.ofHours(1).toNanos();
  private final UnconsumedAddresses addresses = new UnconsumedAddresses(() -> now);

  @Test
  void whatTheRegistrySaidHoldsForASecond() {
    assertThat(addresses.contains(NEWS)).isFalse();
    addresses.found(NEWS, addresses.changes());
    assertThat(addresses.contains(NEWS)).isTrue();
    assertThat(addresses.contains("parley.events.rooms")).isFalse();
    now += Duration.ofMillis(999).toNanos();
    assertThat(addresses.contains(NEWS)).isTrue();
    now += Duration.ofMillis(1).toNanos();
    assertThat(addresses.contains(NEWS)).isFalse();
  }

  @Test
  void aRegistrationEndsIt() {
    addresses.found(NEWS, addresses.changes());
    addresses.changed(NEWS);
    assertThat(addresses.contains(NEWS)).isFalse();
  }

  @Test
  void whatWasAskedBeforeARegistrationIsNotBelieved() {
    long before = addresses.changes();
    addresses.changed(NEWS);
    addresses.found(NEWS, before);
    assertThat(addresses.contains(NEWS)).isFalse();
    addresses.found(NEWS, addresses.changes());
    assertThat(addresses.contains(NEWS)).isTrue();
  }

  @Test
  void manyAddressesAreForgotten() {
    for (int i = 0; i < 2_500; i++) {
      addresses.found("address " + i, addresses.changes());
    }
    assertThat(addresses.contains("address 0")).isFalse();
    assertThat(addresses.contains("address 2499")).isTrue();
  }
}
