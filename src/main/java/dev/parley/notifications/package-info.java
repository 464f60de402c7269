/// Notices that are kept: for one user, for those with a role, for all.
///
/// - A user's own stand in the user's stream, those for several in a stream of their own
///   ([Streams]), each once, as counted events. [NoticeWriter] appends them, [Notices] reads them.
///   A [NoticeId] says where its notification stands, so nothing is indexed.
/// - What a user has read and cleared is one record ([MarkBook]): for each stream [Ranges] of the
///   numbers that its notifications have. Unread counts are arithmetic on these and on what a
///   stream keeps ([Extent]).
/// - [MentionFollower] follows the change feed with a stored cursor and notifies who is mentioned
///   in chat; [MentionsVerticle] is its shell, one per node, of which one at a time works.
/// - [Creation], [Listing] and [Marker] do what is asked; [NotificationsVerticle] is the shell, one
///   per shard. Any node may serve any user: appends and marks compare what they replace.
@NullMarked
@CheckReturnValue
package dev.parley.notifications;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
