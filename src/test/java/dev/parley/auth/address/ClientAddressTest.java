package dev.parley.auth.address;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.Cidr;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whose address counts, with proxies in 10.0.0.0/8 and fd00::/8; several headers are separated by
/// |.
final class ClientAddressTest {
  private final ClientAddress proxies =
      new ClientAddress(
          List.of(Cidr.parse("10.0.0.0/8").orElseThrow(), Cidr.parse("fd00::/8").orElseThrow()));

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "10.0.0.1; 192.0.2.7; 192.0.2.7",
        "10.0.0.1; 192.0.2.7, 10.0.0.2; 192.0.2.7",
        "10.0.0.1; 203.0.113.9, 192.0.2.7, 10.0.0.2; 192.0.2.7",
        "10.0.0.1; 10.9.9.9, 192.0.2.7; 192.0.2.7",
        "10.0.0.1; 203.0.113.9 | 192.0.2.7; 192.0.2.7",
        "10.0.0.1; 203.0.113.9 | 192.0.2.7, 10.0.0.2 | 10.0.0.3; 192.0.2.7",
        "10.0.0.1; 192.0.2.7:4711; 192.0.2.7",
        "10.0.0.1; 2001:db8::7; 2001:db8::7",
        "10.0.0.1; [2001:db8::7]; 2001:db8::7",
        "10.0.0.1; [2001:db8::7]:4711; 2001:db8::7",
        "10.0.0.1; ::ffff:192.0.2.7; 192.0.2.7",
        "fd00::1; 2001:db8::7, fd00::2; 2001:db8::7",
        "::ffff:10.0.0.1; 192.0.2.7; 192.0.2.7"
      })
  void rightMostUntrustedAddressCounts(String peer, String headers, String client) {
    assertThat(of(peer, headers)).hasToString(client);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "192.0.2.1; 203.0.113.9",
        "192.0.2.1; 10.0.0.1",
        "11.0.0.1; 203.0.113.9",
        "::1; 203.0.113.9"
      })
  void headerOfAStrangerIsNotBelieved(String peer, String headers) {
    assertThat(of(peer, headers)).isEqualTo(address(peer));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "unknown; 10.0.0.1",
        "''; 10.0.0.1",
        "',,,'; 10.0.0.1",
        "192.0.2.7, unknown; 10.0.0.1",
        "192.0.2.7, unknown, 10.0.0.2; 10.0.0.2",
        "192.0.2.7, ; 10.0.0.1",
        "192.0.2.999; 10.0.0.1",
        "192.0.2.7.1; 10.0.0.1",
        "3232235521; 10.0.0.1",
        "localhost; 10.0.0.1",
        "[2001:db8::7; 10.0.0.1",
        "2001:db8::7::1; 10.0.0.1",
        "192.0.2.7:1:2; 10.0.0.1",
        "<script>; 10.0.0.1"
      })
  void whatIsNoAddressEndsTheChainOfTrust(String headers, String client) {
    assertThat(of("10.0.0.1", headers)).hasToString(client);
  }

  @Test
  void chainOfTrustedProxiesEndsAtTheFirst() {
    assertThat(of("10.0.0.1", "10.0.0.4, 10.0.0.3")).hasToString("10.0.0.4");
    assertThat(proxies.of(address("10.0.0.1"), List.of())).hasToString("10.0.0.1");
  }

  @Test
  void withoutTrustedProxiesThePeerCounts() {
    assertThat(new ClientAddress(List.of()).of(address("10.0.0.1"), List.of("192.0.2.7")))
        .hasToString("10.0.0.1");
  }

  @Test
  void endlessChainIsReadFromItsEndOnly() {
    var hops = "192.0.2.7, " + "10.0.0.2, ".repeat(100_000) + "10.0.0.3";
    assertThat(of("10.0.0.1", hops)).hasToString("10.0.0.2");
  }

  @Test
  void anyHeaderIsReadSafely() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var alphabet = "0123456789abcdef.:[]%, \"x\u0000é";
    for (int round = 0; round < 5_000; round++) {
      var text = new StringBuilder();
      for (int i = random.nextInt(30); i > 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(of("10.0.0.1", text.toString())).as("seed %d: %s", seed, text).isNotNull();
    }
  }

  @Test
  void oneIpv6SubscriberHasManyAddresses() {
    assertThat(address("2001:db8:1:2::7").subscriber())
        .isEqualTo(address("2001:db8:1:2:ffff::1").subscriber())
        .isNotEqualTo(address("2001:db8:1:3::7").subscriber());
    assertThat(address("192.0.2.7").subscriber()).isEqualTo(address("::ffff:192.0.2.7"));
    assertThat(address("192.0.2.7").subscriber()).isNotEqualTo(address("192.0.2.8").subscriber());
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,true",
    "127.255.0.9,true",
    "::1,true",
    "::ffff:127.0.0.1,true",
    "128.0.0.1,false",
    "::2,false",
    "0.0.0.0,false",
    "10.0.0.1,false"
  })
  void loopbackIsKnown(String text, boolean loopback) {
    assertThat(address(text).isLoopback()).isEqualTo(loopback);
  }

  private IpAddress of(String peer, String headers) {
    return proxies.of(address(peer), Arrays.asList(headers.split("\\|", -1)));
  }

  private static IpAddress address(String text) {
    return IpAddress.parse(text).orElseThrow();
  }
}
