package dev.parley.rooms;

import dev.parley.cluster.ToTell;
import dev.parley.protocol.Member;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The members that other nodes have. Any thread may ask.
public interface MembersElsewhere {
  /// There is no other node.
  MembersElsewhere NOWHERE = new Nowhere();

  /// Whether there may be other nodes at all.
  boolean isSomewhere();

  Optional<Member> find(RoomName room, UserId user);

  /// Members in the order of their ids, each once.
  List<Member> list(RoomName room, Optional<UserId> after, int limit);

  /// Rooms with members, by name.
  List<RoomName> rooms(Optional<RoomName> after, int limit);

  /// Exact; in large rooms as of a second ago.
  int count(RoomName room);

  /// A user's first connection here joined, or the user is called otherwise now.
  ///
  /// @param late whether applications are told of it later, with others
  /// @return what they are to be told, which is nothing if another node has the user in that room
  ToTell arrived(RoomName room, Member member, boolean late);

  /// A user's last connection here left.
  ///
  /// @param late whether applications are told of it later, with others
  /// @return what they are to be told, which is nothing if another node has the user in that room
  ToTell departed(RoomName room, UserId user, boolean late);

  /// Hears of changes in the rooms of a shard, some at once, on any thread and in order. What it
  /// finds when it asks may be newer.
  ///
  /// @param unsettled hears of members of whom applications may have been told what is not so,
  ///   until [#settle] is called
  void follow(int shard, Consumer<List<Change>> listener, Consumer<List<Unsettled>> unsettled);

  /// What is left to be told of a user by this node.
  Optional<Untold> settle(RoomName room, UserId user);

  /// A member of another node came, went, or is called otherwise.
  record Change(RoomName room, Member member) {}

  record Unsettled(RoomName room, UserId user) {}

  /// What applications and administrators are to be told.
  ///
  /// @param in whether the user is in the room
  record Untold(Member member, boolean in) {}

  /// For a server without others.
  final class Nowhere implements MembersElsewhere {
    private Nowhere() {}

    @Override
    public boolean isSomewhere() {
      return false;
    }

    @Override
    public Optional<Member> find(RoomName room, UserId user) {
      return Optional.empty();
    }

    @Override
    public List<Member> list(RoomName room, Optional<UserId> after, int limit) {
      return List.of();
    }

    @Override
    public List<RoomName> rooms(Optional<RoomName> after, int limit) {
      return List.of();
    }

    @Override
    public int count(RoomName room) {
      return 0;
    }

    @Override
    public ToTell arrived(RoomName room, Member member, boolean late) {
      return ToTell.THE_TURN;
    }

    @Override
    public ToTell departed(RoomName room, UserId user, boolean late) {
      return ToTell.THE_TURN;
    }

    @Override
    public void follow(
        int shard, Consumer<List<Change>> listener, Consumer<List<Unsettled>> unsettled) {
      // Nothing ever changes.
    }

    @Override
    public Optional<Untold> settle(RoomName room, UserId user) {
      return Optional.empty();
    }
  }
}
