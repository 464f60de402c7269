/// `parley bench`: the load client. It shares two cores with the server it measures, so receiving a
/// frame must cost next to nothing here: one event loop, frames taken apart in place, no JSON read.
///
/// - [Bench] runs one command: [Plan] (what was asked) → [Swarm] (connections) → a [Run] over them
///   → [Report].
/// - [Swarm] opens [Peer]s, each one connection: [Handshake], then [FrameReader] and [FrameWriter],
///   over a [Wire] (how a server wants to be spoken to: ours, or those it is compared with).
/// - A [Mark] travels inside a payload and comes back in whatever frame the server makes of it; it
///   tells which frames count and how long they took. [Tally] counts them, one for each event loop.
/// - [ProcessSample] reads what the server's process used; deliveries per server-CPU-second is the
///   figure to trust.
///
/// A run is bounded in connections and in time, whatever the server does.
@NullMarked
@CheckReturnValue
package dev.parley.cli.bench;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
