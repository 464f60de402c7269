package dev.parley.auth.address;

import dev.parley.config.Cidr;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// An IP address as 128 bits. IPv4 is the IPv4-mapped part of IPv6, so that both spellings of one
/// address are equal.
public record IpAddress(long high, long low) {
  private static final long MAPPED = 0xffffL << 32;
  private static final long MAPPED_MASK = 0xffffffffL << 32;

  /// Reads a literal address, `192.0.2.7`, `2001:db8::1`, `[2001:db8::1]` or with a zone after `%`,
  /// which is dropped. Names are not looked up.
  public static Optional<IpAddress> parse(String text) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text.strip());
    return bytes == null ? Optional.empty() : Optional.of(of(bytes));
  }

  static IpAddress of(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    return bytes.length == 4
        ? new IpAddress(0, MAPPED | Integer.toUnsignedLong(buffer.getInt()))
        : new IpAddress(buffer.getLong(), buffer.getLong());
  }

  public boolean isIpv4() {
    return high == 0 && (low & MAPPED_MASK) == MAPPED;
  }

  public boolean isLoopback() {
    return isIpv4() ? (low >>> 24 & 0xff) == 127 : high == 0 && low == 1;
  }

  /// Whom limits count: an IPv4 address, or the /64 that one IPv6 subscriber has at least and may
  /// choose addresses from as it likes.
  public IpAddress subscriber() {
    return isIpv4() ? this : new IpAddress(high, 0);
  }

  /// Whether it lies in one of the ranges.
  public boolean isIn(List<Cidr> ranges) {
    var address = toInetAddress();
    return ranges.stream().anyMatch(range -> range.contains(address));
  }

  @Override
  public String toString() {
    return NetUtil.toAddressString(toInetAddress());
  }

  private InetAddress toInetAddress() {
    try {
      byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
