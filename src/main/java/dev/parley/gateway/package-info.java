/// The edge: connections and their sessions.
///
/// One [GatewayVerticle] per event loop listens; [Door] decides who may come in; each connection is
/// a [Session]: the state machine of one client, on one loop. Its frames pass the [Gate], which
/// asks a domain or publishes; what it gets leaves by its [Outbox]. [SessionRooms] holds its seats
/// in rooms. [Directory] finds sessions by connection, user or address. [Drain] empties a node.
@NullMarked
@CheckReturnValue
package dev.parley.gateway;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
