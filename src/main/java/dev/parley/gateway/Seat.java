package dev.parley.gateway;

import dev.parley.feed.Subscription;
import dev.parley.protocol.Membership;

/// A room that the connection joined.
record Seat(Membership membership, Subscription subscription) {}
