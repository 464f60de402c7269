package dev.parley.auth.address;

import dev.parley.config.Cidr;
import java.util.List;

/// Whose address counts: that of the peer, or, if the peer is one of our proxies, the right-most
/// one in `X-Forwarded-For` that is not (`connection.md`). What stands left of it, a client may
/// have written itself.
public final class ClientAddress {
  private static final int MAX_HOPS = 32;

  private final List<Cidr> trusted;

  /// @param trusted our proxies; none: the header is not looked at
  public ClientAddress(List<Cidr> trusted) {
    this.trusted = List.copyOf(trusted);
  }

  /// @param forwardedFor the values of all `X-Forwarded-For` headers, in their order
  public IpAddress of(IpAddress peer, List<String> forwardedFor) {
    if (!peer.isIn(trusted) || forwardedFor.isEmpty()) {
      return peer;
    }
    String[] hops = String.join(",", forwardedFor).split(",", -1);
    var client = peer;
    for (int i = hops.length - 1; i >= Math.max(0, hops.length - MAX_HOPS); i--) {
      var hop = IpAddress.parse(withoutPort(hops[i].strip()));
      if (hop.isEmpty()) {
        // Not an address: nothing beyond can be believed. The last hop that could be counts.
        return client;
      }
      client = hop.get();
      if (!client.isIn(trusted)) {
        return client;
      }
    }
    return client;
  }

  /// Some proxies add the port: `192.0.2.7:4711`, `[2001:db8::1]:4711`.
  private static String withoutPort(String hop) {
    int colon = hop.lastIndexOf(':');
    boolean bracketed = hop.startsWith("[");
    if (colon < 0 || (bracketed && hop.endsWith("]"))) {
      return hop;
    }
    return bracketed || hop.indexOf(':') == colon ? hop.substring(0, colon) : hop;
  }
}
