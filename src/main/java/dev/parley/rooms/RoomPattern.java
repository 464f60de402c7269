package dev.parley.rooms;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A pattern of room names: literal text in which `{word}` stands for one or more characters and
/// `*` for any number.
///
/// Matching takes time in proportion to pattern times name, however the pattern is made: it may
/// come from a token.
final class RoomPattern {
  private static final int NOTHING = -1;

  private final List<Part> parts;

  private RoomPattern(List<Part> parts) {
    this.parts = parts;
  }

  static RoomPattern parse(String text) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = endOfPart(text, at);
      parts.add(partOf(text.substring(at, end)));
      at = end;
    }
    return new RoomPattern(List.copyOf(parts));
  }

  private static int endOfPart(String text, int at) {
    if (text.charAt(at) == '*') {
      return at + 1;
    }
    if (text.charAt(at) == '{') {
      int close = text.indexOf('}', at);
      return close < 0 ? text.length() : close + 1;
    }
    int end = at;
    while (end < text.length() && text.charAt(end) != '*' && text.charAt(end) != '{') {
      end++;
    }
    return end;
  }

  private static Part partOf(String text) {
    if (text.equals("*")) {
      return new Part.Hole("*", 0);
    }
    return text.startsWith("{") && text.endsWith("}")
        ? new Part.Hole(text.substring(1, text.length() - 1), 1)
        : new Part.Literal(text);
  }

  boolean fits(String name) {
    return fits(name, 0, 0);
  }

  /// What stands at each `{word}`, for every way in which the name fits, but at most `limit` ways.
  List<Map<String, String>> bindings(String name, int limit) {
    List<Map<String, String>> found = new ArrayList<>();
    collect(name, 0, 0, new LinkedHashMap<>(), found, limit);
    return found;
  }

  /// Takes a way only where the rest fits, so that no time is lost in dead ends.
  private void collect(
      String name,
      int part,
      int at,
      Map<String, String> bound,
      List<Map<String, String>> found,
      int limit) {
    if (found.size() >= limit || !fits(name, part, at)) {
      return;
    }
    if (part == parts.size()) {
      found.add(Map.copyOf(bound));
      return;
    }
    switch (parts.get(part)) {
      case Part.Literal(var text) ->
          collect(name, part + 1, at + text.length(), bound, found, limit);
      case Part.Hole(var word, var least) -> {
        for (int end = at + least; end <= name.length(); end++) {
          bound.put(word, name.substring(at, end));
          collect(name, part + 1, end, bound, found, limit);
          bound.remove(word);
        }
      }
    }
  }

  /// Each literal is taken where it comes first; only the last hole is ever widened, since widening
  /// an earlier one could not help.
  private boolean fits(String name, int firstPart, int start) {
    int part = firstPart;
    int at = start;
    int retryPart = -1;
    int retryAt = name.length();
    while (part < parts.size() || at < name.length()) {
      int taken = part < parts.size() ? parts.get(part).take(name, at) : NOTHING;
      if (taken != NOTHING) {
        at += taken;
        part++;
        if (parts.get(part - 1).mayWiden()) {
          retryPart = part;
          retryAt = at;
        }
      } else if (retryAt < name.length()) {
        retryAt++;
        part = retryPart;
        at = retryAt;
      } else {
        return false;
      }
    }
    return true;
  }

  private sealed interface Part {
    record Literal(String text) implements Part {}

    /// @param least how many characters stand there at least
    record Hole(String word, int least) implements Part {}

    default boolean mayWiden() {
      return switch (this) {
        case Literal _ -> false;
        case Hole _ -> true;
      };
    }

    /// How many characters it takes at least from `at` on; [#NOTHING] if it does not fit there.
    default int take(String name, int at) {
      return switch (this) {
        case Literal(var text) -> name.startsWith(text, at) ? text.length() : NOTHING;
        case Hole(_, var least) -> at + least <= name.length() ? least : NOTHING;
      };
    }
  }
}
