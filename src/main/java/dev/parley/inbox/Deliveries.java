package dev.parley.inbox;

import dev.parley.bus.MessageBus;
import dev.parley.protocol.ChatEvent.ChatDelivered;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.InboxCommand.Delivered;
import dev.parley.protocol.InboxCommand.Received;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Topic;
import dev.parley.protocol.UserId;
import dev.parley.store.Participations;
import dev.parley.store.Receipt;
import dev.parley.store.Receipts;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notes what clients have received, and tells the senders of messages that waited.
final class Deliveries {
  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

  /// In larger rooms senders are not told.
  private static final int MAX_PARTICIPANTS = 200;

  private final Receipts receipts;
  private final Participations participations;
  private final MessageBus bus;
  private final InstantSource clock;

  Deliveries(
      Receipts receipts, Participations participations, MessageBus bus, InstantSource clock) {
    this.receipts = receipts;
    this.participations = participations;
    this.bus = bus;
    this.clock = clock;
  }

  /// What cannot be noted is delivered again.
  Future<Void> note(UserId user, List<Delivered> delivered) {
    return Future.join(delivered.stream().map(each -> note(user, each)).toList())
        .onFailure(Deliveries::onFailure)
        .mapEmpty();
  }

  private Future<Receipt> note(UserId user, Delivered delivered) {
    return receipts.raise(user, delivered.stream(), delivered.after(), delivered.upTo());
  }

  /// Ephemeral: if a sender cannot be told there is no report.
  void tellSenders(UserId user, List<Received> received) {
    Map<RoomName, List<Received>> byRoom =
        received.stream()
            .filter(each -> !each.sender().equals(user))
            .collect(Collectors.groupingBy(Received::room));
    byRoom.forEach((room, messages) -> tellSenders(user, room, messages));
  }

  private void tellSenders(UserId user, RoomName room, List<Received> messages) {
    participations
        .usersOf(room, MAX_PARTICIPANTS + 1)
        .onSuccess(
            users -> {
              if (users.size() <= MAX_PARTICIPANTS) {
                messages.forEach(message -> tell(user, message));
              }
            })
        .onFailure(Deliveries::onFailure);
  }

  private void tell(UserId user, Received message) {
    ChatDelivered report =
        new ChatDelivered(
            message.room(), message.messageId(), message.seq(), List.of(user), clock.instant());
    bus.publish(Envelope.ephemeral(report, Topic.of(message.sender())));
  }

  private static void onFailure(Throwable failure) {
    LOG.atDebug().addKeyValue("error", failure.getMessage()).log("a delivery was not noted");
  }
}
