package dev.parley.api;

import dev.parley.bus.Addresses;
import dev.parley.bus.DomainCalls;
import dev.parley.bus.MessageBus;
import dev.parley.protocol.NodeId;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;

/// Serves the public JSON addresses (`bus.md`). One instance per node; keeps no state.
///
/// A refused request fails with an error code as message and an HTTP-like number: first of all
/// `VALIDATION_FAILED` (422) for a body with a field that is missing, wrong or unknown.
public final class PublicAddresses extends VerticleBase {
  private final MessageBus bus;
  private final MessageDesk messages;
  private final RightsDesk rights;
  private final AccessDesk access;
  private final ChatDesk chat;
  private final NotificationDesk notifications;
  private final LookupDesk lookups;
  private final JobDesk jobs;
  private final OperationsDesk operations;

  /// @param node the one it runs on
  public PublicAddresses(MessageBus bus, NodeId node, Figures figures) {
    DomainCalls domains = new DomainCalls(bus, node);
    this.bus = bus;
    this.messages = new MessageDesk(domains);
    this.rights = new RightsDesk(domains);
    this.access = new AccessDesk(domains);
    this.chat = new ChatDesk(domains);
    this.notifications = new NotificationDesk(domains);
    this.lookups = new LookupDesk(domains, figures);
    this.jobs = new JobDesk(domains);
    this.operations = new OperationsDesk(domains);
  }

  @Override
  public Future<?> start() {
    return Future.all(
        List.of(
            serve(Addresses.SEND_TO_ROOM, messages::toRoom),
            serve(Addresses.SEND_TO_USER, messages::toUser),
            serve(Addresses.SEND_TO_CONNECTION, messages::toConnection),
            serve(Addresses.BROADCAST, messages::toAll),
            serve(Addresses.BROADCAST_TO_ADMINS, messages::toAdmins),
            serve(Addresses.GRANT_ROOM, rights::grant),
            serve(Addresses.REVOKE_ROOM, rights::revoke),
            serve(Addresses.BLOCK_USER, access::block),
            serve(Addresses.UNBLOCK_USER, access::unblock),
            serve(Addresses.REVOKE_TOKENS, access::revoke),
            serve(Addresses.SEND_CHAT, chat::send),
            serve(Addresses.UPDATE_JOB, jobs::update),
            serve(Addresses.LIST_JOBS, jobs::list),
            serve(Addresses.CREATE_NOTIFICATION, notifications::create),
            serve(Addresses.GET_PRESENCE, lookups::presence),
            serve(Addresses.GET_STATS, lookups::stats),
            serve(Addresses.RAISE_ALERT, operations::raiseAlert),
            serve(Addresses.DOCUMENT_STARTED, operations::documentStarted),
            serve(Addresses.DOCUMENT_COMPLETED, operations::documentCompleted),
            serve(Addresses.PUBLISH_UPDATE, operations::publishUpdate),
            serve(Addresses.PUBLISH_TOPIC, operations::publishTopic)));
  }

  private Future<Void> serve(String address, Function<JsonObject, Future<JsonObject>> handler) {
    return bus.servePublic(address, handler).completion();
  }
}
