package dev.parley.observe;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One line per HTTP request, upgrades included, by the logger `access`. Silence it there if a
/// proxy writes its own.
public final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger("access");

  private AccessLog() {}

  /// A request that was answered. It never holds a token: its target is masked when it is made.
  ///
  /// @param client the address that counts
  /// @param uri path and query
  public record Line(
      String client, String method, String uri, int status, long bytes, Duration took) {
    public Line {
      uri = Masked.uri(uri);
    }
  }

  public static boolean isOn() {
    return LOG.isInfoEnabled();
  }

  public static void write(Line line) {
    LOG.atInfo()
        .addKeyValue("client", line.client())
        .addKeyValue("method", line.method())
        .addKeyValue("uri", line.uri())
        .addKeyValue("status", line.status())
        .addKeyValue("bytes", line.bytes())
        .addKeyValue("micros", line.took().toNanos() / 1_000)
        .log("Request");
  }
}
