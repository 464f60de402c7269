/// How much of everything a user, an address and the node may have (`connection.md`, Limits).
///
/// - [FixedWindow] is the one rule: a window opens with its first event and refills only at its
///   end.
/// - [Quota] and [RatePolicy]: how many in how long, and whether who passes them is blocked.
/// - [RateLimiter]: a policy applied per key; [RateLimits]: all those of a node.
/// - [LeasedWindow], asked for by [Leasing] from [Leases]: a window that several nodes share.
/// - [ConnectionCounter]: how many connections are open, per node, address and user, with those of
///   [OtherCounts].
///
/// Time comes in as a value, from `System.nanoTime()`. Everything but the windows is shared by the
/// event loops of a node.
@NullMarked
@CheckReturnValue
package dev.parley.auth.limits;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
