package dev.parley.auth;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/// The first block of a PEM file (RFC 7468).
///
/// @param label what it says it is, as `PUBLIC KEY`
record Pem(String label, byte[] der) {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

  static Optional<Pem> parse(String file) {
    var block = BLOCK.matcher(file);
    if (!block.find()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Pem(block.group(1), Base64.getMimeDecoder().decode(block.group(2))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
