/// The vocabulary that every other package speaks, and nothing else.
///
/// - What a client or another verticle asks for: [Command], one sealed family per domain.
/// - What comes back: an [Outcome], either a [Reply] or a [Rejection].
/// - What happened: an [Event], one sealed family per domain; on its way it travels in an
///   [Envelope].
/// - Who asks: a [Caller]. Where in history: a [Position] of a [StreamId].
/// - What goes wrong, in full: [ErrorCode] for a command, [CloseCode] for a connection.
///
/// All of it is immutable and may cross threads. [EventJson] is the one JSON form of events: that
/// of the native dialect, of the store and of the bus.
@NullMarked
@CheckReturnValue
package dev.parley.protocol;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
