package dev.parley.rooms;

import dev.parley.protocol.RoomEvent;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Tells who came and went on other nodes, and what was collected.
final class Comings {
  private final Attendance attendance;
  private final Occupancy occupancy;
  private final Announcer announcer;
  private final RoomViews views;
  private final InstantSource clock;

  Comings(
      Attendance attendance,
      Occupancy occupancy,
      Announcer announcer,
      RoomViews views,
      InstantSource clock) {
    this.attendance = attendance;
    this.occupancy = occupancy;
    this.announcer = announcer;
    this.views = views;
    this.clock = clock;
  }

  void onElsewhere(List<MembersElsewhere.Change> changes) {
    Instant now = clock.instant();
    for (MembersElsewhere.Change change : changes) {
      RoomName room = change.room();
      UserId user = change.member().user();
      attendance.onElsewhere(room, user, now).ifPresent(this::tell);
      views.onMoved(room, user);
      if (attendance.isOccupied(room)) {
        occupancy.set(room, attendance.count(room));
      }
    }
  }

  /// Tells applications and administrators what is left to this node.
  void onUnsettled(List<MembersElsewhere.Unsettled> members) {
    Instant now = clock.instant();
    for (MembersElsewhere.Unsettled member : members) {
      RoomName room = member.room();
      attendance.settle(room, member.user()).ifPresent(untold -> makeGood(room, untold, now));
    }
  }

  private void makeGood(RoomName room, MembersElsewhere.Untold untold, Instant now) {
    attendance.announceAgain(room, untold, now).ifPresent(announcer::announce);
    announcer.tellAdministrators(
        untold.in() ? "joined_room" : "left_room", untold.member().user(), room, now);
  }

  /// Whether something is collected.
  boolean areWaiting() {
    return attendance.hasNews();
  }

  void tellCollected() {
    Instant now = clock.instant();
    List<RoomEvent> news = attendance.takeNews(now);
    news.forEach(announcer::tellComings);
    news.stream().map(RoomEvent::room).distinct().forEach(views::onChange);
    attendance.takeAnnouncements(now).forEach(announcer::announce);
  }

  private void tell(RoomEvent news) {
    announcer.tellComings(news);
    views.onChange(news.room());
  }
}
