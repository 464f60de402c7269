/// How events reach sessions: in order, without gaps, once encoded (`streams.md`).
///
/// An event enters at [Hub]. Those of a room go to the room's home loop, where a [HomeTopic] puts
/// the durable ones into order with [Order], fills gaps from the store, and hands each as a
/// [Delivery] to the loops that listen. There a [LoopFeed] has the [Audience] of each topic: the
/// [Subscription]s of sessions, the position delivered, and the newest events (the tail), from
/// which a joining session goes live after a [CatchUp]. Events for users or for several rooms go to
/// every loop directly. What has a pace passes a [Pacer] before all that: each key has its loop,
/// whose [Pacemaker] keeps time.
///
/// [ChangeReader] asks the store once a second what the bus may have lost; [SharedNotices] sees to
/// it that of the notifications for several users each is delivered once.
@NullMarked
@CheckReturnValue
package dev.parley.feed;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
