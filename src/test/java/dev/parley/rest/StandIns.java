package dev.parley.rest;

import dev.parley.TestNode;
import dev.parley.bus.Addresses;
import dev.parley.protocol.Caller;
import dev.parley.protocol.Command;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Job;
import dev.parley.protocol.JobCommand.ListJobs;
import dev.parley.protocol.JobCommand.UpdateJob;
import dev.parley.protocol.JobId;
import dev.parley.protocol.JobUpdate;
import dev.parley.protocol.Notification;
import dev.parley.protocol.Notification.Addressee;
import dev.parley.protocol.NotificationCommand.ClearNotifications;
import dev.parley.protocol.NotificationCommand.CreateNotification;
import dev.parley.protocol.NotificationCommand.ListNotifications;
import dev.parley.protocol.NotificationCommand.ReadNotifications;
import dev.parley.protocol.OperationsCommand.PublishTopic;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Request;
import dev.parley.protocol.UserId;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/// Answers at the addresses of domains that this node does not have, as they would: in memory,
/// without telling anybody.
final class StandIns {
  private static final int SHARDS = 2;
  private static final DeliveryOptions OUTCOME =
      new DeliveryOptions().setLocalOnly(true).setCodecName("parley.Outcome");

  private final Map<JobId, Job> jobs = new LinkedHashMap<>();
  private final List<Notification> notifications = new ArrayList<>();
  private final Set<String> read = new HashSet<>();
  private final Set<String> cleared = new HashSet<>();
  private final List<Command> operations = new ArrayList<>();

  private StandIns() {}

  static StandIns on(TestNode node) {
    StandIns all = new StandIns();
    Vertx vertx = node.node().vertx();
    for (int shard = 0; shard < SHARDS; shard++) {
      serve(vertx, Addresses.jobs(shard), all::onJob);
      serve(vertx, Addresses.notifications(shard), all::onNotification);
    }
    serve(vertx, Addresses.OPERATIONS, all::onOperation);
    return all;
  }

  synchronized List<Command> operations() {
    return List.copyOf(operations);
  }

  private static void serve(
      Vertx vertx, String address, BiFunction<Caller, Command, Outcome> domain) {
    vertx
        .eventBus()
        .<Request>localConsumer(
            address,
            message ->
                message.reply(
                    domain.apply(message.body().caller(), message.body().command()), OUTCOME));
  }

  private synchronized Outcome onJob(Caller caller, Command command) {
    return switch (command) {
      case ListJobs(var status) ->
          new Reply.Jobs(
              jobs.values().stream()
                  .filter(job -> status.map(job.status()::equals).orElse(!job.status().isFinal()))
                  .toList(),
              Instant.now());
      case UpdateJob(var update) -> keep(update);
      default -> Rejection.internal();
    };
  }

  private Outcome keep(JobUpdate update) {
    Job before = jobs.get(update.id());
    if (before != null && before.status().isFinal()) {
      return Rejection.of(ErrorCode.CONFLICT, "The job is finished");
    }
    Instant now = Instant.now();
    Job job =
        new Job(
            update.id(),
            update.status(),
            update.progress().orElse(before == null ? 0.0 : before.progress()),
            update.name().or(() -> Optional.ofNullable(before).flatMap(Job::name)),
            update.owner(),
            update.error(),
            update.result(),
            before == null ? now : before.createdAt(),
            now);
    jobs.put(job.id(), job);
    return new Reply.JobKept(job);
  }

  private synchronized Outcome onNotification(Caller caller, Command command) {
    return switch (command) {
      case CreateNotification(var draft) -> create(draft);
      case ListNotifications list ->
          new Reply.Notifications(
              seenBy(caller.user()).stream()
                  .map(each -> new Notification.Received(each, isRead(caller.user(), each.id())))
                  .filter(each -> !list.unreadOnly() || !each.read())
                  .limit(list.limit())
                  .toList(),
              unread(caller.user()),
              false);
      case ReadNotifications(var ids) -> mark(caller.user(), ids, read);
      case ClearNotifications(var ids) -> mark(caller.user(), ids, cleared);
      default -> Rejection.internal();
    };
  }

  private Outcome create(Notification draft) {
    Notification kept =
        new Notification(
            "n-" + notifications.size(),
            draft.addressee(),
            draft.title(),
            draft.message(),
            draft.category(),
            draft.module(),
            draft.priority(),
            draft.level(),
            draft.data(),
            draft.createdAt());
    notifications.addFirst(kept);
    return new Reply.NotificationKept(kept, 0);
  }

  private Outcome mark(UserId user, List<String> ids, Set<String> marks) {
    List<String> wanted =
        ids.isEmpty() ? seenBy(user).stream().map(Notification::id).toList() : ids;
    if (!seenBy(user).stream().map(Notification::id).toList().containsAll(wanted)) {
      return Rejection.of(ErrorCode.NOT_FOUND, "There is no such notification");
    }
    long marked = wanted.stream().filter(id -> marks.add(user + "/" + id)).count();
    return new Reply.NotificationsMarked(marked, unread(user));
  }

  private List<Notification> seenBy(UserId user) {
    return notifications.stream()
        .filter(each -> isFor(user, each.addressee()) && !cleared.contains(user + "/" + each.id()))
        .toList();
  }

  private static boolean isFor(UserId user, Addressee addressee) {
    return switch (addressee) {
      case Addressee.ToUser(var one) -> one.equals(user);
      case Addressee.ToRole _ -> false;
      case Addressee.ToAll _ -> true;
    };
  }

  private boolean isRead(UserId user, String id) {
    return read.contains(user + "/" + id);
  }

  private long unread(UserId user) {
    return seenBy(user).stream().filter(each -> !isRead(user, each.id())).count();
  }

  private synchronized Outcome onOperation(Caller caller, Command command) {
    operations.add(command);
    return command instanceof PublishTopic ? Reply.DONE : Rejection.internal();
  }
}
