package dev.parley.gateway;

import dev.parley.bus.MessageBus;
import dev.parley.feed.Hub;
import dev.parley.feed.LoopFeed;
import dev.parley.observe.Meters;
import dev.parley.protocol.NodeId;
import io.vertx.core.Vertx;
import java.time.InstantSource;

/// What the sessions of one loop share.
record LoopServices(
    Vertx vertx,
    NodeId node,
    InstantSource clock,
    MessageBus bus,
    Hub hub,
    LoopFeed feed,
    Gate gate,
    Identity identity,
    Wheel wheel,
    Meters meters) {}
