package dev.parley.store.embedded;

/// How fast what settles later settles: two for each that comes, so that all are settled before as
/// many have come again, and in lumps, since a few are not worth the pages that they change.
/// Belongs to the writer's thread.
final class Pace {
  /// For the house-keeping, which does not wait until others come.
  static final int STEP = 500;

  private static final int FOR_EACH = 2;
  private static final int LUMP = 128;

  private int due;

  void onAdded() {
    due += FOR_EACH;
  }

  /// How many to settle with this commit: at least a lump, or none.
  int take() {
    if (due < LUMP) {
      return 0;
    }
    int taken = due;
    due = 0;
    return taken;
  }
}
