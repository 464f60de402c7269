package dev.parley.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CidrTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "10.0.0.128/25, 10.0.0.127, false",
    "10.0.0.128/25, 10.0.0.128, true",
    "0.0.0.0/0, 203.0.113.9, true",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.8, false",
    "fd00::/8, fd12::1, true",
    "::1, ::1, true",
    "0.0.0.0/0, ::1, false",
  })
  void containsTheAddressesThatShareItsPrefix(String range, String address, boolean expected) {
    assertThat(Cidr.parse(range).orElseThrow().contains(InetAddress.ofLiteral(address)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "::1/129"})
  void whatIsNoRangeIsNotParsed(String text) {
    assertThat(Cidr.parse(text)).isEmpty();
  }

  @Test
  void printsAsItIsWritten() {
    assertThat(Cidr.parse("10.0.0.0/8").orElseThrow()).hasToString("10.0.0.0/8");
  }
}
