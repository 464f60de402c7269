package dev.parley.gateway;

import dev.parley.bus.ConnectionLetter;
import dev.parley.bus.FoundConnections;
import dev.parley.bus.NodePost;
import dev.parley.cluster.Cluster;
import dev.parley.observe.Meters;
import dev.parley.protocol.ConnectionCommand;
import dev.parley.protocol.ConnectionCommand.Count;
import dev.parley.protocol.ConnectionCommand.CountOpen;
import dev.parley.protocol.ConnectionCommand.Deliver;
import dev.parley.protocol.ConnectionCommand.Disconnect;
import dev.parley.protocol.ConnectionCommand.EndEarlier;
import dev.parley.protocol.ConnectionCommand.ListConnections;
import dev.parley.protocol.ConnectionCommand.ProbeAddress;
import dev.parley.protocol.ConnectionCommand.ProbeUser;
import dev.parley.protocol.ConnectionCommand.SendTo;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.Recipients;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the other desks by letters.
///
/// All nodes are asked, or the one that a connection's id names, if it names one: what nodes say
/// they listen to is some ten milliseconds old, and a message to a user who has just come would
/// miss them.
public final class DeskPost implements OtherDesks {
  private static final Logger LOG = LoggerFactory.getLogger(DeskPost.class);
  private static final String KIND = "connections";
  private static final Duration DEADLINE = Duration.ofSeconds(1);

  private final Cluster cluster;
  private final NodePost post;
  private final long maxBytes;
  private final Meters meters;
  private final AtomicLong unansweredBytes = new AtomicLong();

  /// @param maxBytes of letters that are not answered yet; beyond them nobody is asked
  public DeskPost(Cluster cluster, NodePost post, long maxBytes, Meters meters) {
    this.cluster = cluster;
    this.post = post;
    this.maxBytes = maxBytes;
    this.meters = meters;
  }

  @Override
  public Future<FoundConnections> ask(ConnectionCommand command) {
    Set<NodeId> nodes = nodesFor(command);
    if (nodes.isEmpty()) {
      return Future.succeededFuture(FoundConnections.NONE);
    }
    Buffer letter = ConnectionLetter.encode(command);
    List<Future<FoundConnections>> found = nodes.stream().map(node -> ask(node, letter)).toList();
    return Future.join(found).map(_ -> sum(found));
  }

  private static FoundConnections sum(List<Future<FoundConnections>> found) {
    return found.stream().map(Future::result).reduce(FoundConnections.NONE, FoundConnections::and);
  }

  @Override
  public void serve(Function<ConnectionCommand, Future<FoundConnections>> desk) {
    post.on(KIND, (_, letter) -> answer(letter, desk));
  }

  /// What letters carry that are not answered yet.
  public long unansweredBytes() {
    return unansweredBytes.get();
  }

  private Future<FoundConnections> ask(NodeId node, Buffer letter) {
    if (unansweredBytes.addAndGet(letter.length()) > maxBytes) {
      unansweredBytes.addAndGet(-letter.length());
      return Future.succeededFuture(none(node, "too much waits"));
    }
    return post.ask(node, KIND, letter, DEADLINE)
        .onComplete(_ -> unansweredBytes.addAndGet(-letter.length()))
        .map(answer -> ConnectionLetter.foundIn(answer).orElseGet(() -> none(node, "refused")))
        .otherwise(failure -> none(node, String.valueOf(failure.getMessage())));
  }

  private FoundConnections none(NodeId node, String reason) {
    meters.unanswered();
    LOG.atDebug()
        .addKeyValue("node", node)
        .addKeyValue("error", reason)
        .log("a node did not answer about its connections");
    return FoundConnections.NONE;
  }

  private Set<NodeId> nodesFor(ConnectionCommand command) {
    return switch (command) {
      case SendTo(var recipients, _) -> nodesFor(recipients);
      case Count(var recipients) -> nodesFor(recipients);
      case Disconnect(var connection) -> nodesOf(connection);
      case EndEarlier(var connection, _) -> nodeOf(connection);
      case Deliver _, CountOpen _, ProbeUser _, ProbeAddress _, ListConnections _ ->
          cluster.others();
    };
  }

  private Set<NodeId> nodesFor(Recipients recipients) {
    return switch (recipients) {
      case Recipients.OneConnection(var connection) -> nodesOf(connection);
      case Recipients.OneUser _, Recipients.InRoom _, Recipients.Matching _, Recipients.Hearing _ ->
          cluster.others();
    };
  }

  /// The node that its name says; all, if it says none that is there: some dialects have names of
  /// their own.
  private Set<NodeId> nodesOf(ConnectionId connection) {
    boolean ours = connection.node().filter(cluster.self()::equals).isPresent();
    Set<NodeId> named = nodeOf(connection);
    return ours || !named.isEmpty() ? named : cluster.others();
  }

  /// Nobody, if it is this node's, or of a node that is not there.
  private Set<NodeId> nodeOf(ConnectionId connection) {
    return connection.node().filter(cluster.others()::contains).map(Set::of).orElse(Set.of());
  }

  private static Future<Optional<Buffer>> answer(
      Buffer letter, Function<ConnectionCommand, Future<FoundConnections>> desk) {
    ConnectionCommand command;
    try {
      command = ConnectionLetter.decode(letter);
    } catch (IllegalArgumentException e) {
      return Future.succeededFuture(
          Optional.of(ConnectionLetter.refusal(String.valueOf(e.getMessage()))));
    }
    return desk.apply(command).map(found -> Optional.of(ConnectionLetter.answer(found)));
  }
}
