/// How much of everything a user, an address and the node may have (`connection.md`, Limits).
///
/// - [FixedWindow] is the one rule: a window opens with its first event and refills only at its
///   end.
/// - [Quota] and [RatePolicy]: how many in how long, and whether who passes them is blocked.
/// - [RateLimiter]: a policy applied per key; [RateLimits]: all those of a node.
/// - [ConnectionCounter]: how many connections are open, per node, address and user.
///
/// Time comes in as a value, from `System.nanoTime()`. Everything but [FixedWindow] is shared by
/// the event loops of a node; a later counter for all nodes of a cluster takes the place of
/// [RateLimiter].
@NullMarked
@CheckReturnValue
package dev.parley.auth.limits;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
