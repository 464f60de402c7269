/// Who is online, and what they say of their availability.
///
/// - [Presences] decides: connections are counted, the last status set wins, and going offline
///   takes effect some time after the last connection closed. It is pure; [OnlineUsers] holds its
///   state, which all shards of the node may read.
/// - [UsersElsewhere] is what the other nodes say of users ([OnlineRows]); [Everywhere] puts a user
///   together from it. [Ghosts] are the users of nodes that are gone.
/// - [PresenceDesk] takes in what happens; [PresenceNews] tells those who share a room with the
///   user; [Lookup] answers questions; [LastSeen] is what is kept of users who are away.
/// - [PresenceVerticle] is the shell: one per shard, so that all that concerns a user meets in one
///   thread.
@NullMarked
@CheckReturnValue
package dev.parley.presence;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
