package dev.parley.cluster;

import java.util.Optional;

/// What a node told of its row, where somebody is to be told when the first node says something
/// under a key and when the last does not any more.
enum Told {
  /// That it is as the row says now.
  THIS,

  /// Nothing, since it knew of others that say so.
  NOTHING,

  /// The opposite: since then the row is another one or the same again, and of that it told
  /// nothing.
  OPPOSITE,

  /// That is not known: the row was read, or its node is gone.
  UNKNOWN;

  /// @param told what was told last, that the key is said or that it is not; empty: nothing
  static Told of(Optional<Boolean> told, boolean says) {
    return told.map(said -> said == says ? THIS : OPPOSITE).orElse(NOTHING);
  }

  /// Whether it was told that the key is said; empty: nothing was, as far as is known.
  Optional<Boolean> said(boolean says) {
    return switch (this) {
      case THIS -> Optional.of(says);
      case OPPOSITE -> Optional.of(!says);
      case NOTHING, UNKNOWN -> Optional.empty();
    };
  }
}
