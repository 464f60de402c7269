/// The messages of rooms: posted, changed, read.
///
/// - [Poster] appends messages, [MessageReviser] changes them, each change a fold into the stored
///   message and an event of its own, in one append. What a change does is decided by
///   [MessageChanges] and [SendRules], which are pure.
/// - [ReadMarks] and [History] answer readers; [DeliveryReports] tell senders.
/// - [ChatVerticle] is the shell: one per shard, so that all commands about a room meet in one
///   thread. Nothing depends on that for correctness: other nodes may write to the same room, and
///   every change compares what it replaces.
@NullMarked
@CheckReturnValue
package dev.parley.chat;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
