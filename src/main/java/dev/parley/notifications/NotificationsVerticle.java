package dev.parley.notifications;

import dev.parley.bus.Addresses;
import dev.parley.bus.MessageBus;
import dev.parley.protocol.Caller;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.NotificationCommand;
import dev.parley.protocol.NotificationCommand.ClearNotifications;
import dev.parley.protocol.NotificationCommand.CreateNotification;
import dev.parley.protocol.NotificationCommand.ListNotifications;
import dev.parley.protocol.NotificationCommand.ReadNotifications;
import dev.parley.protocol.NotificationEvent.Marking;
import dev.parley.protocol.Outcome;
import dev.parley.store.Store;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;

/// Serves the notifications of the users of one shard; those for several users may come to any. All
/// of it runs on one event loop.
public final class NotificationsVerticle extends VerticleBase {
  private final int shard;
  private final MessageBus bus;
  private final Creation creation;
  private final Listing listing;
  private final Marker marker;

  /// @param node the one it runs on
  /// @param backlog shared by all shards of the node
  public NotificationsVerticle(
      int shard, MessageBus bus, Store store, NodeId node, Backlog backlog, InstantSource clock) {
    this.shard = shard;
    this.bus = bus;
    var notices = new Notices(store.log());
    var book = new MarkBook(store.records());
    this.creation = new Creation(new NoticeWriter(store.log(), backlog, clock), bus, node);
    this.listing = new Listing(notices, book);
    this.marker = new Marker(notices, listing, book, bus, clock);
  }

  @Override
  public Future<?> start() {
    return bus.serve(Addresses.notifications(shard), NotificationCommand.class, this::serve)
        .completion();
  }

  private Future<Outcome> serve(Caller caller, NotificationCommand command) {
    return switch (command) {
      case CreateNotification(var draft) -> creation.create(caller, draft);
      case ListNotifications list -> listing.list(caller, list);
      case ReadNotifications(var ids) -> marker.mark(caller, Marking.READ, ids);
      case ClearNotifications(var ids) -> marker.mark(caller, Marking.CLEARED, ids);
    };
  }
}
