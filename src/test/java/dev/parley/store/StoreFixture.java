package dev.parley.store;

import java.time.Duration;

/// What a contract needs of an implementation besides its ports. Everything it holds lasts for one
/// test.
public interface StoreFixture {
  /// Opens the store, in a new life if it was open before. One is open at a time.
  Store open() throws Exception;

  /// A copy of all that the open store holds.
  Saved save(Store store) throws Exception;

  /// Makes a copy what the closed store holds. May be done again with the same copy.
  void restore(Saved saved) throws Exception;

  /// Lets the closed store hold nothing.
  void empty() throws Exception;

  /// Lets time pass for the store: expiry, the forgetting of keys and of old messages.
  void pass(Duration time) throws Exception;

  /// Lets the open store do all the house-keeping there is to do now.
  default void keepHouse(Store store) throws Exception {}

  /// Leaves nothing behind.
  void end() throws Exception;

  /// A copy, known to its fixture.
  interface Saved {}
}
