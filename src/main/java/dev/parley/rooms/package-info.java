/// Who may enter a room, who is in it, who takes part in it.
///
/// - [RoomPolicy] decides by name, role and token; [Doorkeeper] asks it, the stored [Grants], or
///   the application that decides instead ([AuthorizeHook]).
/// - [Attendance] knows the members: users with a joined connection now, here or
///   [MembersElsewhere]. It is memory only and forgets a room that everybody here has left;
///   [Occupancy] shows its counts to the rest of the node. In a cluster each node says in rows whom
///   it has ([MemberRows]).
/// - [News] decides what is told at once and what in batches; [Comings] tells what other nodes
///   cause.
/// - [Entrance] lets sessions in and out and keeps the participations; [GrantDesk] gives and takes
///   rights; [Directory] lists.
/// - [RoomsVerticle] is the shell: one per shard, so that all commands about a room meet in one
///   thread.
@NullMarked
@CheckReturnValue
package dev.parley.rooms;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
