package dev.parley.protocol;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a command ended well. Some name the command they belong to; dialects encode a reply together
/// with its command.
public sealed interface Reply extends Outcome {
  Reply DONE = new Done();

  /// Nothing more to say.
  record Done() implements Reply {}

  record Pong(Instant at) implements Reply {}

  /// @param expiresAt when the token ends; empty for one without end
  record Authenticated(Optional<Instant> expiresAt) implements Reply {}

  /// The session may be in the room; nobody was told yet.
  record Entered(Membership membership) implements Reply {}

  /// The session is counted in the room.
  ///
  /// @param members the first 200
  /// @param state the whole state, for connections that are shown it
  record Arrived(int count, List<Member> members, Optional<RoomState> state) implements Reply {
    public Arrived {
      members = List.copyOf(members);
    }

    public Arrived(int count, List<Member> members) {
      this(count, members, Optional.empty());
    }

    public Arrived with(RoomState shown) {
      return new Arrived(count, members, Optional.of(shown));
    }
  }

  /// @param position the events that follow come after it: the position asked for if `recovered`,
  ///   else the newest
  /// @param recovered whether everything since the position asked for follows; empty if none was
  ///   given
  /// @param state the whole state, for connections that are shown it
  record Joined(
      RoomName room,
      Position position,
      Optional<Boolean> recovered,
      int count,
      List<Member> members,
      Instant at,
      Optional<RoomState> state)
      implements Reply {
    public Joined {
      members = List.copyOf(members);
    }

    public Joined(
        RoomName room,
        Position position,
        Optional<Boolean> recovered,
        int count,
        List<Member> members,
        Instant at) {
      this(room, position, recovered, count, members, at, Optional.empty());
    }
  }

  record Left(RoomName room, int count, Instant at) implements Reply {}

  /// @param next give it back as `after` for the next page; empty at the end
  record MembersPage(RoomName room, List<Member> members, int total, Optional<UserId> next)
      implements Reply {
    public MembersPage {
      members = List.copyOf(members);
    }
  }

  record Participations(List<RoomName> rooms) implements Reply {
    public Participations {
      rooms = List.copyOf(rooms);
    }
  }

  /// @param unread messages after the caller's read mark
  record RoomSummary(RoomName room, int members, Position head, long unread) {}

  record Rooms(List<RoomSummary> rooms) implements Reply {
    public Rooms {
      rooms = List.copyOf(rooms);
    }
  }

  /// A durable command about a message was stored; or had been, if `repeated`.
  record Stored(RoomName room, Position position, String messageId, Instant at, boolean repeated)
      implements Reply {}

  /// A broadcast was stored.
  record Recorded(RoomName room, Position position) implements Reply {}

  /// @param messages how many of those named there are
  record Marked(RoomName room, long upTo, long unread, int messages) implements Reply {}

  /// A message with its place.
  record PlacedMessage(Position position, ChatMessage message) {}

  /// @param more whether there is more in the direction read
  record HistoryPage(RoomName room, List<PlacedMessage> messages, boolean more, Position head)
      implements Reply {
    public HistoryPage {
      messages = List.copyOf(messages);
    }
  }

  /// @param messages newest first
  /// @param total how many the room keeps
  record MessagesPage(RoomName room, List<PlacedMessage> messages, long total) implements Reply {
    public MessagesPage {
      messages = List.copyOf(messages);
    }
  }

  /// A room in which the caller takes part.
  ///
  /// @param unread messages after the caller's read mark
  /// @param newest the newest message; empty if there is none
  /// @param participants the first 200, by id
  record Conversation(
      RoomName room, long unread, Optional<PlacedMessage> newest, List<UserId> participants) {
    public Conversation {
      participants = List.copyOf(participants);
    }
  }

  /// @param rooms the one with the newest message first
  record Conversations(List<Conversation> rooms) implements Reply {
    public Conversations {
      rooms = List.copyOf(rooms);
    }
  }

  /// A room with members.
  ///
  /// @param messages that were ever posted
  /// @param lastActivity when the newest message was posted
  record ActiveRoom(RoomName room, int members, long messages, Optional<Instant> lastActivity) {}

  record ActiveRooms(List<ActiveRoom> rooms) implements Reply {
    public ActiveRooms {
      rooms = List.copyOf(rooms);
    }
  }

  /// @param total of all, not of this page alone
  record UsersOnline(List<UserId> users, int total) implements Reply {
    public UsersOnline {
      users = List.copyOf(users);
    }
  }

  record Presences(List<PresenceState> users) implements Reply {
    public Presences {
      users = List.copyOf(users);
    }
  }

  /// Where one room of a resumed session goes on; a refused room bears the rejection instead.
  sealed interface RoomResumption {
    record Resumed(Position position, boolean recovered) implements RoomResumption {}

    record Refused(Rejection rejection) implements RoomResumption {}
  }

  record SessionResumed(Map<RoomName, RoomResumption> rooms, List<String> topics) implements Reply {
    public SessionResumed {
      rooms = Map.copyOf(rooms);
      topics = List.copyOf(topics);
    }
  }

  /// @param topics all that the connection hears of now, sorted
  /// @param refused what was asked for and is no topic
  record Subscriptions(List<TopicName> topics, List<String> refused) implements Reply {
    public Subscriptions {
      topics = List.copyOf(topics);
      refused = List.copyOf(refused);
    }
  }

  record Jobs(List<Job> jobs, Instant at) implements Reply {
    public Jobs {
      jobs = List.copyOf(jobs);
    }
  }

  /// A job as it is kept now.
  record JobKept(Job job) implements Reply {}

  record Sampled(SystemSample sample) implements Reply {}

  /// @param unread of all, not of this page alone
  /// @param more whether there are older ones
  record Notifications(List<Notification.Received> notifications, long unread, boolean more)
      implements Reply {
    public Notifications {
      notifications = List.copyOf(notifications);
    }
  }

  /// @param recipients connections that it was for when it was told
  record NotificationKept(Notification notification, int recipients) implements Reply {}

  /// @param marked how many were changed
  record NotificationsMarked(long marked, long unread) implements Reply {}

  /// @param count connections that a message was written to, or would be
  record Delivered(int count) implements Reply {}

  /// @param more whether there are others after these
  record Connections(List<OpenConnection> connections, boolean more) implements Reply {
    public Connections {
      connections = List.copyOf(connections);
    }
  }

  /// A plug-in's answer, as given.
  record Custom(JsonObject body) implements Reply {}

  /// @param head where the inbox stands; what comes later is delivered live
  /// @param queue what waited for the user, for this connection to be fed with; empty if it is not
  record InboxOpened(Position head, Optional<Queue> queue) implements Reply {}

  /// What waited for a user, oldest first.
  ///
  /// @param upTo each stream of which it holds what waited, and up to where
  record Queue(List<Envelope> events, Map<StreamId, Position> upTo) {
    public Queue {
      events = List.copyOf(events);
      upTo = Map.copyOf(upTo);
    }
  }

  /// @param start what the events follow: the position asked for, or, if its history was lost, the
  ///   newest
  /// @param end the last event that was read: what only newer nodes know is not among `events`
  record InboxPage(Position start, List<Envelope> events, Position end) implements Reply {
    public InboxPage {
      events = List.copyOf(events);
    }
  }
}
