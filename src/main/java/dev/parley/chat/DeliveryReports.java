package dev.parley.chat;

import dev.parley.bus.Addresses;
import dev.parley.bus.MessageBus;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ChatEvent.ChatDelivered;
import dev.parley.protocol.ChatMessage;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.PresenceCommand.GetPresence;
import dev.parley.protocol.PresenceState;
import dev.parley.protocol.PresenceStatus;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Request;
import dev.parley.protocol.Topic;
import dev.parley.protocol.UserId;
import dev.parley.store.Participations;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the sender of a message which other participants are online and so receive it. Made only
/// for messages that ask for it, and for rooms of up to 200 participants.
final class DeliveryReports {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryReports.class);
  private static final int MAX_PARTICIPANTS = 200;

  private final Participations participations;
  private final MessageBus bus;
  private final InstantSource clock;

  DeliveryReports(Participations participations, MessageBus bus, InstantSource clock) {
    this.participations = participations;
    this.bus = bus;
    this.clock = clock;
  }

  /// Ephemeral: if the report cannot be made there is none.
  void report(ChatMessage message, long seq) {
    participations
        .usersOf(message.room(), MAX_PARTICIPANTS + 1)
        .compose(users -> onlineAmong(users, message.sender()))
        .onSuccess(online -> tell(message, seq, online))
        .onFailure(DeliveryReports::onFailure);
  }

  private Future<List<UserId>> onlineAmong(List<UserId> users, UserId sender) {
    if (users.size() > MAX_PARTICIPANTS) {
      return Future.failedFuture("more than " + MAX_PARTICIPANTS + " participants");
    }
    GetPresence question =
        new GetPresence(users.stream().filter(user -> !user.equals(sender)).toList());
    if (question.users().isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    String address = Addresses.presence(bus.shards().of(sender));
    return bus.request(address, new Request(Caller.SERVER, question))
        .map(DeliveryReports::onlineIn);
  }

  private static List<UserId> onlineIn(Outcome outcome) {
    return switch (outcome) {
      case Reply.Presences(var users) ->
          users.stream()
              .filter(state -> state.status() != PresenceStatus.OFFLINE)
              .map(PresenceState::user)
              .toList();
      case Reply _ -> throw new IllegalStateException("presence answered something else");
      case Rejection rejection -> throw new IllegalStateException(rejection.text());
    };
  }

  private void tell(ChatMessage message, long seq, List<UserId> online) {
    ChatDelivered report =
        new ChatDelivered(message.room(), message.messageId(), seq, online, clock.instant());
    bus.publish(Envelope.ephemeral(report, Topic.of(message.sender())));
  }

  private static void onFailure(Throwable failure) {
    LOG.atDebug().addKeyValue("error", failure.getMessage()).log("no delivery report");
  }
}
