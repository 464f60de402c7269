package dev.parley.config;

import java.net.InetAddress;
import java.util.Optional;

/// A range of internet addresses, such as `10.0.0.0/8` or `::1`.
///
/// @param network the first address of the range
/// @param prefix how many leading bits all addresses of the range share
public record Cidr(InetAddress network, int prefix) {
  public Cidr {
    Ensure.between("prefix", prefix, 0, network.getAddress().length * 8L);
  }

  /// Reads `address/bits`, or a single address. Never asks a name server.
  public static Optional<Cidr> parse(String text) {
    int slash = text.indexOf('/');
    try {
      var address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
      int bits = address.getAddress().length * 8;
      return Optional.of(
          new Cidr(address, slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1))));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Whether the address lies in this range. An IPv4 address never lies in an IPv6 range.
  public boolean contains(InetAddress address) {
    byte[] ours = network.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((ours[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return network.getHostAddress() + "/" + prefix;
  }
}
