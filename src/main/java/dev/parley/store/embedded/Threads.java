package dev.parley.store.embedded;

/// The threads of a store. Platform threads, because a virtual one would pin its carrier in SQLite;
/// daemons, because what they had not acknowledged is not owed.
final class Threads {
  private Threads() {}

  static Thread daemon(String name, Runnable work) {
    return Thread.ofPlatform().daemon().name("parley-store-" + name).unstarted(work);
  }
}
