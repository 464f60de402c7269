/// Three servers as processes, a Redis with a replica, clients that stay whatever happens, and what
/// can go wrong with all of them.
///
/// - [FaultTest] plays [Drill]s: guests talk and listen in rooms, [Fault]s happen, and [Ledger]
///   says what is missing, doubled, out of order, or was lost in silence.
/// - [Fleet] is the servers, over a [Network] that can be parted and [RedisPair].
/// - [PlantedBug]s show that a drill would notice.
@NullMarked
package dev.parley.faults;

import org.jspecify.annotations.NullMarked;
