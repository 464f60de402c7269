package dev.parley.cluster;

/// What a row that came or went leaves to be told, where the node that should have told of it did
/// not.
public enum Untold {
  NOTHING,

  /// Nobody says it any more and nobody told: its node is gone, or the last two fell silent at
  /// once, each believing that the other goes on. The oldest node tells.
  END,

  /// The end was told, and yet somebody says it who told nobody, believing that others do. Of those
  /// that find the end of another node's row while they say it too, the first by name tells that it
  /// goes on; of a row that comes when nobody is left, the oldest node does.
  STAY
}
