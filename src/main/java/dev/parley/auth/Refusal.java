package dev.parley.auth;

/// Everything that can be wrong with a token. The texts are safe for clients: they name nothing
/// that the token or the server knows.
public enum Refusal {
  /// Not a signed JWT in compact form, or not the JSON that it should be.
  MALFORMED("malformed", "The token is not a signed JWT"),
  /// Longer than 8 KiB, or with more roles or rooms than a caller may have.
  TOO_LARGE("too_large", "The token is too large"),
  /// Signed with another algorithm than the configured one, or not at all.
  ALGORITHM("algorithm", "The token is signed with an algorithm that is not accepted here"),
  /// It demands an extension (`crit`) that is not understood here.
  EXTENSION("extension", "The token demands an extension that is not known here"),
  /// Signed with a key that the issuer does not publish.
  UNKNOWN_KEY("unknown_key", "The token's key is not known"),
  SIGNATURE("signature", "The token's signature is wrong"),
  /// Past `exp` by more than the leeway.
  EXPIRED("expired", "The token has expired"),
  /// Before `nbf` by more than the leeway.
  NOT_YET_VALID("not_yet_valid", "The token is not valid yet"),
  ISSUER("issuer", "The token is from another issuer"),
  AUDIENCE("audience", "The token is meant for another audience"),
  /// No `sub` or `user_id`, or one that is no user id.
  SUBJECT("subject", "The token names no valid user"),
  /// A claim that is read here has the wrong type.
  CLAIMS("claims", "The token has a claim of the wrong type"),
  /// It was taken back, by its id, with all of its user, or with all that were issued then.
  REVOKED("revoked", "The token was revoked"),
  /// An administrator has blocked its user.
  BLOCKED("blocked", "The user is blocked"),
  /// Not the token's fault: the keys could not be fetched, or too many tokens wait. Try again.
  UNAVAILABLE("unavailable", "Tokens cannot be checked now; try again later");

  private final String label;
  private final String text;

  Refusal(String label, String text) {
    this.label = label;
    this.text = text;
  }

  /// The value of the metric tag `cause`.
  public String label() {
    return label;
  }

  public String text() {
    return text;
  }

  /// Whether the token is at fault, so that the attempt counts against its address.
  public boolean isTokensFault() {
    return this != UNAVAILABLE;
  }
}
