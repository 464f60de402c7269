package dev.parley.feed;

import dev.parley.protocol.Position;
import java.util.Optional;

/// How a session came into a room's audience: its subscription waits, and goes on after `position`
/// once it is started.
///
/// @param recovered whether that is the position asked for; empty if none was given
public record Entry(Subscription subscription, Position position, Optional<Boolean> recovered) {}
