package dev.parley.gateway;

import dev.parley.bus.MessageBus;
import dev.parley.feed.Hub;
import dev.parley.gateway.transport.Upgrader;
import dev.parley.observe.Meters;
import dev.parley.observe.Pulse;
import dev.parley.protocol.NodeId;
import java.time.InstantSource;

/// What all loops of the gateway share.
record GatewayContext(
    NodeId node,
    InstantSource clock,
    MessageBus bus,
    Hub hub,
    Identity identity,
    Reception reception,
    Endpoints endpoints,
    Upgrader upgrader,
    Listener listener,
    Pulse pulse,
    Meters meters) {}
