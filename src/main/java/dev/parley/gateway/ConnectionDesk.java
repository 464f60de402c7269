package dev.parley.gateway;

import dev.parley.auth.address.IpAddress;
import dev.parley.auth.limits.ConnectionCounter;
import dev.parley.bus.FoundConnections;
import dev.parley.feed.Hub;
import dev.parley.feed.Subscriber;
import dev.parley.observe.Meters;
import dev.parley.protocol.Caller;
import dev.parley.protocol.CloseCode;
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
import dev.parley.protocol.CustomMessage;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Recipients;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Topic;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Does what is asked about connections: about those of this node itself, and has the other nodes
/// do the same about theirs.
final class ConnectionDesk {
  private final Hub hub;
  private final ConnectionCounter counter;
  private final Duration probe;
  private final OtherDesks others;
  private final Meters meters;
  private final InstantSource clock;

  /// @param probe how long a connection may stay silent when its place is wanted
  ConnectionDesk(
      Hub hub,
      ConnectionCounter counter,
      Duration probe,
      OtherDesks others,
      Meters meters,
      InstantSource clock) {
    this.hub = hub;
    this.counter = counter;
    this.probe = probe;
    this.others = others;
    this.meters = meters;
    this.clock = clock;
  }

  Future<Outcome> serve(Caller caller, ConnectionCommand command) {
    return command instanceof ListConnections list
        ? list(list)
        : everywhere(command).map(Reply.Delivered::new);
  }

  /// On all nodes.
  Future<Integer> everywhere(ConnectionCommand command) {
    if (command instanceof SendTo(Recipients.InRoom(var room, _), _)) {
      meters.rooms().onMessage(room, clock.instant());
    }
    return onAll(command).map(FoundConnections::count);
  }

  private Future<FoundConnections> onAll(ConnectionCommand command) {
    Future<FoundConnections> here = here(command);
    Future<FoundConnections> there = others.ask(command);
    return Future.all(here, there).map(_ -> here.result().and(there.result()));
  }

  /// One more than asked for, to know whether there is more.
  private Future<Outcome> list(ListConnections command) {
    return command.limit() < 1 || command.limit() > ConnectionList.MAX_PAGE
        ? Future.succeededFuture(
            Rejection.invalid("limit", "limit must be between 1 and " + ConnectionList.MAX_PAGE))
        : onAll(ConnectionList.oneMore(command))
            .map(found -> ConnectionList.toPage(found.listed(), command.limit()));
  }

  /// On this node.
  Future<FoundConnections> here(ConnectionCommand command) {
    return switch (command) {
      case SendTo(var recipients, var message) ->
          count(hub.send(recipients, new CustomMessage(message)));
      case Deliver(var user, var message, var stamp) ->
          count(
              hub.send(
                  new Recipients.OneUser(user),
                  Envelope.durable(new CustomMessage(message), Topic.of(user), stamp)));
      case Count(var recipients) -> count(hub.count(recipients));
      case CountOpen _ -> Future.succeededFuture(FoundConnections.of(counter.open()));
      case Disconnect(var connection) -> count(hub.disconnect(connection, CloseCode.FORCED));
      case EndEarlier(var connection, var user) ->
          count(hub.disconnect(connection, user, CloseCode.NORMAL));
      case ProbeUser(var user) -> count(hub.probe(each -> each.user().equals(user), probe));
      case ProbeAddress(var address) -> count(probe(IpAddress.parse(address)));
      case ListConnections list ->
          hub.look(feed -> ConnectionList.on(feed, list)).map(ConnectionList::together);
    };
  }

  private static Future<FoundConnections> count(Future<Integer> connections) {
    return connections.map(FoundConnections::of);
  }

  private Future<Integer> probe(Optional<IpAddress> address) {
    return hub.probe(
        each -> address.isPresent() && isFrom(each, address.get().subscriber()), probe);
  }

  private static boolean isFrom(Subscriber subscriber, IpAddress address) {
    return subscriber instanceof Session session && session.address().subscriber().equals(address);
  }
}
