package dev.parley.gateway;

import dev.parley.bus.FoundConnections;
import dev.parley.feed.LoopFeed;
import dev.parley.feed.Subscriber;
import dev.parley.protocol.ConnectionCommand.ListConnections;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.OpenConnection;
import dev.parley.protocol.Reply;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Lists open connections by their ids: those of a loop, and those of several together.
final class ConnectionList {
  static final int MAX_PAGE = 200;

  private static final Comparator<Session> LAST_FIRST =
      Comparator.comparing(Session::connection).reversed();

  private ConnectionList() {}

  static ListConnections oneMore(ListConnections wanted) {
    return new ListConnections(wanted.user(), wanted.room(), wanted.after(), wanted.limit() + 1);
  }

  /// The first ones of a loop; called on it.
  static FoundConnections on(LoopFeed feed, ListConnections wanted) {
    List<Subscriber> candidates = wanted.user().map(feed::sessionsOf).orElseGet(feed::sessions);
    int limit = Math.min(wanted.limit(), MAX_PAGE + 1);
    PriorityQueue<Session> first = new PriorityQueue<>(LAST_FIRST);
    for (Subscriber each : candidates) {
      if (each instanceof Session session && isWanted(session, wanted)) {
        first.add(session);
        if (first.size() > limit) {
          first.remove();
        }
      }
    }
    return listed(first.stream().map(Session::describe).toList());
  }

  static FoundConnections together(List<FoundConnections> loops) {
    return loops.stream().reduce(FoundConnections.NONE, FoundConnections::and);
  }

  static Reply toPage(List<OpenConnection> sorted, int limit) {
    boolean more = sorted.size() > limit;
    return new Reply.Connections(more ? sorted.subList(0, limit) : sorted, more);
  }

  private static boolean isWanted(Session session, ListConnections wanted) {
    return session.isOpen()
        && wanted.room().map(session.rooms()::isIn).orElse(true)
        && wanted.after().map(after -> isAfter(session.connection(), after)).orElse(true);
  }

  private static boolean isAfter(ConnectionId connection, ConnectionId after) {
    return connection.compareTo(after) > 0;
  }

  private static FoundConnections listed(Collection<OpenConnection> connections) {
    return new FoundConnections(
        connections.size(),
        connections.stream().sorted(Comparator.comparing(OpenConnection::id)).toList());
  }
}
