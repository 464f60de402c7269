package dev.parley.rooms;

import dev.parley.protocol.Member;
import dev.parley.protocol.RoomEvent.MembersChanged;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What joined and left a large room since it was last told. Who came and went, or went and came
/// back, meanwhile is not told at all.
final class MembersBatch {
  /// The most users that one event names; more become several events.
  static final int CHUNK = 200;

  private final Map<UserId, Member> joined = new LinkedHashMap<>();
  private final Map<UserId, Member> left = new LinkedHashMap<>();
  private final Set<UserId> toTell = new HashSet<>();

  /// @param in whether the member came
  void onMove(Member member, boolean in) {
    UserId user = member.user();
    Map<UserId, Member> opposite = in ? left : joined;
    if (toTell.contains(user) || opposite.remove(user) == null) {
      put(member, in);
    }
  }

  /// It is told, and what comes of it later too, whatever was told before.
  void onMoveInAnyCase(Member member, boolean in) {
    toTell.add(member.user());
    put(member, in);
  }

  private void put(Member member, boolean in) {
    (in ? left : joined).remove(member.user());
    (in ? joined : left).put(member.user(), member);
  }

  /// The news, which are none if all cancelled out.
  ///
  /// @param members how many are in the room now
  List<MembersChanged> toEvents(RoomName room, int members, Instant at) {
    List<Member> in = List.copyOf(joined.values());
    List<Member> out = List.copyOf(left.values());
    List<MembersChanged> events = new ArrayList<>();
    for (int from = 0; from < Math.max(in.size(), out.size()); from += CHUNK) {
      events.add(new MembersChanged(room, part(in, from), part(out, from), members, at));
    }
    return events;
  }

  private static List<Member> part(List<Member> all, int from) {
    return from >= all.size() ? List.of() : all.subList(from, Math.min(all.size(), from + CHUNK));
  }
}
