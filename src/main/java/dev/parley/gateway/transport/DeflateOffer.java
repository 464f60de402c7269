package dev.parley.gateway.transport;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The negotiation of permessage-deflate (RFC 7692 section 7.1).
///
/// The client must not take its context over: one inflater serves a whole event loop. That is
/// demanded even if the offer does not mention it (section 7.1.1.2 allows it and recommends clients
/// to support it). We never use a context ourselves, but say so only to clients that ask: some
/// refuse an answer that they did not ask for. A window smaller than zlib's own for what we send
/// cannot be had from `java.util.zip`: such an offer is passed over for the next.
final class DeflateOffer {
  private static final String NAME = "permessage-deflate";
  private static final String SERVER_NO_CONTEXT = "server_no_context_takeover";
  private static final String CLIENT_NO_CONTEXT = "client_no_context_takeover";
  private static final String SERVER_WINDOW = "server_max_window_bits";
  private static final String CLIENT_WINDOW = "client_max_window_bits";
  private static final int ZLIB_WINDOW_BITS = 15;

  private final Set<String> given = new HashSet<>();

  private DeflateOffer() {}

  /// The `Sec-WebSocket-Extensions` to answer, for the first offer that can be met; empty if none.
  static Optional<String> answer(String offers) {
    return Stream.of(offers.split(",", -1)).flatMap(offer -> answerOne(offer).stream()).findFirst();
  }

  private static Optional<String> answerOne(String offer) {
    var parts = offer.split(";", -1);
    if (!parts[0].strip().equalsIgnoreCase(NAME)) {
      return Optional.empty();
    }
    var parsed = new DeflateOffer();
    boolean accepted = Stream.of(parts).skip(1).allMatch(parsed::accepts);
    return accepted ? Optional.of(parsed.answer()) : Optional.empty();
  }

  private boolean accepts(String parameter) {
    int equals = parameter.indexOf('=');
    var name = (equals < 0 ? parameter : parameter.substring(0, equals)).strip();
    var known = name.toLowerCase(Locale.ROOT);
    var value =
        equals < 0 ? Optional.<String>empty() : Optional.of(parameter.substring(equals + 1));
    return given.add(known)
        && switch (known) {
          case SERVER_NO_CONTEXT, CLIENT_NO_CONTEXT -> value.isEmpty();
          case SERVER_WINDOW ->
              value.map(DeflateOffer::windowBits).filter(b -> b == ZLIB_WINDOW_BITS).isPresent();
          case CLIENT_WINDOW -> value.map(DeflateOffer::windowBits).orElse(ZLIB_WINDOW_BITS) > 0;
          default -> false;
        };
  }

  /// 8–15, 0 for anything else.
  private static int windowBits(String value) {
    return switch (value.strip().replace("\"", "")) {
      case "8" -> 8;
      case "9" -> 9;
      case "10" -> 10;
      case "11" -> 11;
      case "12" -> 12;
      case "13" -> 13;
      case "14" -> 14;
      case "15" -> ZLIB_WINDOW_BITS;
      default -> 0;
    };
  }

  private String answer() {
    var answer = new StringBuilder(NAME);
    if (given.contains(SERVER_NO_CONTEXT)) {
      answer.append("; ").append(SERVER_NO_CONTEXT);
    }
    answer.append("; ").append(CLIENT_NO_CONTEXT);
    if (given.contains(SERVER_WINDOW)) {
      answer.append("; ").append(SERVER_WINDOW).append('=').append(ZLIB_WINDOW_BITS);
    }
    return answer.toString();
  }
}
