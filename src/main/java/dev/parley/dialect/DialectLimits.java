package dev.parley.dialect;

/// What a frame of a client may hold, in every dialect.
///
/// @param jsonDepth objects and arrays that may be open at once
/// @param jsonNumberDigits digits of one number
/// @param contentChars characters of a chat message
/// @param rooms rooms that one command may name
/// @param page entries that one answer may list
public record DialectLimits(
    int jsonDepth, int jsonNumberDigits, int contentChars, int rooms, int page) {
  /// The defaults of `connection.md`.
  public static final DialectLimits DEFAULTS = new DialectLimits(32, 100, 65_536, 500, 200);
}
