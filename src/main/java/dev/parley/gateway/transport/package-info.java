/// The only code that touches Vert.x or Netty internals: connections that carry whole WebSocket
/// messages.
///
/// [Transport] is the seam. Behind it are the portable one, on the public `ServerWebSocket`, and
/// the lean one, a Netty pipeline of our own on the upgraded socket (`performance.md`). Nothing
/// outside this package knows which is used, and both pass the same tests.
@NullMarked
@CheckReturnValue
package dev.parley.gateway.transport;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
