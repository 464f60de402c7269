/// What waits for users who are away, and how it reaches them.
///
/// - A user's inbox is a stream of the store: direct messages ([DirectMessages]) and own
///   notifications. Chat is not copied: it is read from the logs of the rooms.
/// - [dev.parley.store.Receipts] say what has reached the user; [Backlog] finds the newest of what
///   has not, oldest first ([Newest], pure); [FeedLease] decides which connection is fed with it.
/// - [Deliveries] notes what clients confirm and tells the senders; [Turns] bounds all of it.
/// - [InboxVerticle] is the shell: one per shard of users.
@NullMarked
@CheckReturnValue
package dev.parley.inbox;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
