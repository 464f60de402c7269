package dev.parley.auth;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What an upgrade or a request brings along to be known by (`connection.md`, Who may connect).
///
/// The token is taken from the first of these that has one: `Authorization: Bearer`, the
/// subprotocol after `parley.bearer`, the query's `token`. An empty one is none.
///
/// @param token not checked yet
/// @param offered the subprotocols the client offers, without the token
public record Credentials(Optional<String> token, List<String> offered) {
  /// The subprotocol that announces a token as the next one.
  public static final String BEARER = "parley.bearer";

  private static final String SCHEME = "Bearer ";
  private static final String PARAMETER = "token";

  public Credentials {
    offered = List.copyOf(offered);
  }

  /// @param authorization the header
  /// @param protocols the header `Sec-WebSocket-Protocol`; several are joined by commas
  /// @param query the raw query, without `?`
  public static Credentials read(
      Optional<String> authorization, Optional<String> protocols, Optional<String> query) {
    var names = protocols.map(Credentials::split).orElse(List.of());
    int bearer = names.indexOf(BEARER);
    boolean pair = bearer >= 0 && bearer + 1 < names.size();
    var token =
        authorization
            .flatMap(Credentials::bearer)
            .or(() -> pair ? Optional.of(names.get(bearer + 1)) : Optional.empty())
            .or(() -> query.flatMap(Credentials::parameter));
    return new Credentials(token, pair ? without(names, bearer + 1) : names);
  }

  /// The subprotocol to answer with: the first of those the endpoint speaks that is offered, else
  /// `parley.bearer` if that is. Only one may be answered (RFC 6455, section 4.2.2), and one that
  /// changes the frames has to be known to both sides.
  public Optional<String> subprotocol(List<String> spoken) {
    return spoken.stream()
        .filter(offered::contains)
        .findFirst()
        .or(() -> offered.contains(BEARER) ? Optional.of(BEARER) : Optional.empty());
  }

  /// Tells whether there is a token, not which.
  @Override
  public String toString() {
    return "Credentials[token="
        + (token.isPresent() ? "***" : "none")
        + ", offered="
        + offered
        + "]";
  }

  private static List<String> split(String header) {
    return Arrays.stream(header.split(",", -1))
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .toList();
  }

  private static List<String> without(List<String> names, int index) {
    return java.util.stream.IntStream.range(0, names.size())
        .filter(i -> i != index)
        .mapToObj(names::get)
        .toList();
  }

  private static Optional<String> bearer(String authorization) {
    return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? present(authorization.substring(SCHEME.length()))
        : Optional.empty();
  }

  private static Optional<String> parameter(String query) {
    return Arrays.stream(query.split("&", -1))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2 && decode(pair[0]).equals(PARAMETER))
        .flatMap(pair -> present(decode(pair[1])).stream())
        .findFirst();
  }

  private static Optional<String> present(String token) {
    return Optional.of(token.strip()).filter(stripped -> !stripped.isEmpty());
  }

  /// Text whose escapes are broken stays as it is: it will be found to be no token.
  private static String decode(String text) {
    try {
      return QueryStringDecoder.decodeComponent(text);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
