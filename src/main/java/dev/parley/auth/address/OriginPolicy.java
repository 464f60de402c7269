package dev.parley.auth.address;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Which pages may open a WebSocket or call REST (`connection.md`, Origin). Browsers let any page
/// connect to anywhere: this is what keeps foreign pages from acting for their visitors.
public final class OriginPolicy {
  private final Set<Origin> allowed;
  private final boolean anyLocalhost;

  /// @param allowed origins, as `https://chat.example`
  /// @param anyLocalhost development: pages of this machine, whatever their port
  /// @throws IllegalArgumentException if one of them is no origin
  public OriginPolicy(List<String> allowed, boolean anyLocalhost) {
    this.allowed =
        allowed.stream().map(OriginPolicy::required).collect(Collectors.toUnmodifiableSet());
    this.anyLocalhost = anyLocalhost;
  }

  /// @param header the header `Origin`; empty: not a browser, permitted
  public boolean permits(Optional<String> header) {
    if (header.isEmpty()) {
      return true;
    }
    var origin = Origin.parse(header.get());
    return origin.filter(o -> allowed.contains(o) || (anyLocalhost && o.isLocalhost())).isPresent();
  }

  private static Origin required(String text) {
    return Origin.parse(text)
        .orElseThrow(
            () -> new IllegalArgumentException("not an origin like https://host: " + text));
  }

  /// An origin (RFC 6454): nothing but scheme, host and port. `null`, which sandboxed pages send,
  /// is none.
  private record Origin(String scheme, String host, int port) {
    static Optional<Origin> parse(String text) {
      try {
        var uri = new URI(text);
        return isBare(uri) ? Optional.of(of(uri)) : Optional.empty();
      } catch (URISyntaxException e) {
        return Optional.empty();
      }
    }

    private static boolean isBare(URI uri) {
      return uri.getScheme() != null
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawPath().isEmpty()
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    }

    private static Origin of(URI uri) {
      var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
      int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
      return new Origin(scheme, uri.getHost().toLowerCase(Locale.ROOT), port);
    }

    boolean isLocalhost() {
      return host.equals("localhost")
          || host.endsWith(".localhost")
          || IpAddress.parse(host).filter(IpAddress::isLoopback).isPresent();
    }
  }
}
