package dev.parley.store.redis;

import io.vertx.redis.client.Response;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an error that Redis or the connection answered with means.
enum Fault {
  /// This connection is of no use: another one has to be made, and what was sent to be sent again.
  CONNECTION,
  /// Redis refuses now, but may accept later.
  UNAVAILABLE,
  /// The call itself is wrong.
  OWN;

  /// In the errors of older versions the code of a script's error is somewhere in the text.
  private static final Pattern CONNECTION_CODES =
      Pattern.compile(
          "(^|[ -])(CONNECTION_CLOSED|NOSCRIPT|READONLY|LOADING|MASTERDOWN|MOVED|ASK|CLUSTERDOWN"
              + "|NOAUTH|WRONGPASS|ILLEGAL_STATE)\\b");

  private static final Pattern UNAVAILABLE_CODES =
      Pattern.compile("(^|[ -])(OOM|MISCONF|NOREPLICAS|BUSY|TRYAGAIN|NOPERM)\\b");

  /// Redis's own errors are answers at the same time; all others come from the connection.
  static Fault of(Throwable failure) {
    String text = String.valueOf(failure.getMessage());
    if (!(failure instanceof Response) || finds(CONNECTION_CODES, text)) {
      return CONNECTION;
    }
    return finds(UNAVAILABLE_CODES, text) ? UNAVAILABLE : OWN;
  }

  private static boolean finds(Pattern codes, String text) {
    Matcher matcher = codes.matcher(text);
    return matcher.find();
  }
}
