package dev.parley.observe;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Texts of a request as they may be written down: without tokens.
public final class Masked {
  private static final String MASK = "***";
  private static final Set<String> PARAMETERS = Set.of("token", "access_token");
  private static final Set<String> HEADERS =
      Set.of(
          "authorization", "proxy-authorization", "cookie", "set-cookie", "sec-websocket-protocol");

  /// A field that may hold a token, up to the end of its text, or of the frame if that has none.
  private static final Pattern SECRET_FIELD =
      Pattern.compile(
          "(?i)(\"(?:[a-z_]*token|authorization|password|secret)\"\\s*:\\s*\")"
              + "(?:[^\"\\\\]|\\\\.)*+");

  private Masked() {}

  /// A request's target with the values of token parameters masked, however their name is written.
  public static String uri(String uri) {
    int question = uri.indexOf('?');
    if (question < 0) {
      return uri;
    }
    return uri.substring(0, question + 1)
        + Arrays.stream(uri.substring(question + 1).split("&", -1))
            .map(Masked::parameter)
            .collect(Collectors.joining("&"));
  }

  /// The value of a header; all of it masked where it may hold a token.
  public static String header(String name, String value) {
    return HEADERS.contains(name.toLowerCase(Locale.ROOT)) ? MASK : value;
  }

  /// JSON, or what claims to be some, with the texts of secret fields masked.
  static String json(String text) {
    return SECRET_FIELD.matcher(text).replaceAll("$1" + MASK);
  }

  private static String parameter(String pair) {
    int equals = pair.indexOf('=');
    return equals >= 0 && isSecret(pair.substring(0, equals))
        ? pair.substring(0, equals + 1) + MASK
        : pair;
  }

  /// A name whose escapes are broken may be read either way: masked.
  private static boolean isSecret(String name) {
    try {
      return PARAMETERS.contains(
          QueryStringDecoder.decodeComponent(name).strip().toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return true;
    }
  }
}
