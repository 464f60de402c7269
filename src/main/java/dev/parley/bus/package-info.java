/// How the parts of a node, and the nodes, talk.
///
/// - [Addresses]: every address is a function here, never a literal elsewhere.
/// - [MessageBus]: the only caller of the event bus: requests to domains, events to sessions, and
///   the addresses that other people's verticles use.
/// - [PublicBus]: those addresses from the other side.
/// - [Shards] and [EventLoops]: which instance, on which event loop, has a room or a user.
///
/// Requests to domains and events of sessions stay on their node and pass by reference. The bus may
/// lose what it carries; what must not be lost is in the store first.
@NullMarked
@CheckReturnValue
package dev.parley.bus;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
