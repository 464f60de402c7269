package dev.parley.gateway;

import dev.parley.feed.Subscription;
import dev.parley.protocol.Membership;

/// A room that the connection hears.
///
/// @param counted whether it joined: the rooms count it
record Seat(Membership membership, Subscription subscription, boolean counted) {
  Seat uncounted() {
    return new Seat(membership, subscription, false);
  }
}
