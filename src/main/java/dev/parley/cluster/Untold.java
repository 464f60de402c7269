package dev.parley.cluster;

/// What a row that went leaves to be told, where the node that told of its coming and going is not
/// the one that must.
public enum Untold {
  NOTHING,

  /// Nobody says it any more and nobody told: its node is gone, or the last two fell silent at
  /// once, each believing that the other goes on. The oldest node tells.
  END,

  /// Its node told the end, not knowing yet that this one says it too. This node, by name the first
  /// that says it, tells that it goes on.
  STAY
}
