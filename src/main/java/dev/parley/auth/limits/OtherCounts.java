package dev.parley.auth.limits;

/// How many connections the other nodes of a cluster have, by key; and what this one tells them.
/// Any thread may ask and tell.
public interface OtherCounts {
  /// How many the others have by now, as they told some ten milliseconds ago.
  int open(String key);

  /// Tells the others how many this node has; none is not worth telling. Calls about one key come
  /// one at a time.
  void tell(String key, int open);
}
