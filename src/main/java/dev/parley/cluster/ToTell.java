package dev.parley.cluster;

/// What a node is to tell when it says something under a key or does not any more.
public enum ToTell {
  /// Other nodes say it too.
  NOTHING,

  /// It alone said it or says it: that this is so now. Everybody was told the opposite before.
  THE_TURN,

  /// It alone said it or says it: that this is so now. What was told before may be this or the
  /// opposite, so that two turns do not make none.
  WHATEVER_WAS_TOLD
}
