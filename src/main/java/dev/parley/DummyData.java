package dev.parley;

import dev.parley.bus.Addresses;
import dev.parley.bus.MessageBus;
import dev.parley.protocol.Caller;
import dev.parley.protocol.Command;
import dev.parley.protocol.JobCommand.UpdateJob;
import dev.parley.protocol.JobId;
import dev.parley.protocol.JobStatus;
import dev.parley.protocol.JobUpdate;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.Notification;
import dev.parley.protocol.Notification.Addressee;
import dev.parley.protocol.Notification.Level;
import dev.parley.protocol.Notification.Priority;
import dev.parley.protocol.NotificationCommand.CreateNotification;
import dev.parley.protocol.NotificationCommand.ListNotifications;
import dev.parley.protocol.OperationsCommand.PublishTopic;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Request;
import dev.parley.protocol.TopicName;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Something to look at on a fresh server in development mode (`demo.dummy_data`): some
/// notifications for all, unless there are any, a job that goes on and starts again, and an
/// inventory that changes. The same each time.
final class DummyData extends VerticleBase {
  private static final Duration STEP = Duration.ofSeconds(2);
  private static final int STEPS_PER_JOB = 20;
  private static final List<String> JOBS = List.of("Nightly backup", "Import of orders", "Reindex");
  private static final List<String> GOODS = List.of("Bolts M6", "Nuts M6", "Washers", "Brackets");
  private static final List<Notice> NOTICES =
      List.of(
          new Notice("Welcome", "This server has dummy data.", Level.INFO, Priority.NORMAL),
          new Notice("Backup done", "412 MB in 38 s.", Level.SUCCESS, Priority.LOW),
          new Notice("Disk is filling", "82 % of /data are used.", Level.WARNING, Priority.HIGH),
          new Notice("Import failed", "Line 1,204 has no price.", Level.ERROR, Priority.HIGH),
          new Notice(
              "Line 3 stands still", "Somebody must look.", Level.CRITICAL, Priority.URGENT));

  private final MessageBus bus;
  private final InstantSource clock;
  private final Random random = new Random(7);
  private int step;

  DummyData(MessageBus bus, InstantSource clock) {
    this.bus = bus;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(STEP.toMillis(), _ -> goOn());
    return notifyOnce().otherwiseEmpty(); // the server works without
  }

  private Future<?> notifyOnce() {
    ListNotifications any = new ListNotifications(false, Optional.empty(), 1);
    return bus.call(Addresses.notifications(0), request(any), Reply.Notifications.class)
        .compose(page -> page.notifications().isEmpty() ? notifyAll(0) : Future.succeededFuture());
  }

  private Future<?> notifyAll(int from) {
    return from == NOTICES.size()
        ? Future.succeededFuture()
        : create(NOTICES.get(from)).compose(_ -> notifyAll(from + 1));
  }

  private Future<?> create(Notice notice) {
    Notification draft =
        new Notification(
            "",
            new Addressee.ToAll(),
            notice.title(),
            notice.message(),
            "system",
            Optional.empty(),
            notice.priority(),
            notice.level(),
            new JsonObject(),
            clock.instant());
    return bus.request(Addresses.notifications(0), request(new CreateNotification(draft)));
  }

  private void goOn() {
    int job = step / STEPS_PER_JOB;
    int done = step % STEPS_PER_JOB + 1;
    step++;
    tell(job, 100.0 * done / STEPS_PER_JOB);
    if (done % 3 == 0) {
      tellInventory();
    }
  }

  private void tell(int job, double progress) {
    JobId id = new JobId("dummy-" + clock.instant().getEpochSecond() / 86_400 + "-" + job);
    JobUpdate update =
        new JobUpdate(
            id,
            progress < 100 ? JobStatus.RUNNING : JobStatus.COMPLETED,
            Optional.of(progress),
            Optional.of(JOBS.get(job % JOBS.size())),
            Optional.empty(),
            Optional.empty(),
            JsonValue.NULL);
    bus.send(Addresses.jobs(bus.shards().of(id)), request(new UpdateJob(update)));
  }

  private void tellInventory() {
    int which = random.nextInt(GOODS.size());
    JsonObject item =
        new JsonObject()
            .put("id", "item-" + which)
            .put("name", GOODS.get(which))
            .put("quantity", random.nextInt(500));
    bus.send(
        Addresses.OPERATIONS,
        request(new PublishTopic(TopicName.INVENTORY, "updated", new JsonValue(item))));
  }

  private static Request request(Command command) {
    return new Request(Caller.SERVER, command);
  }

  private record Notice(String title, String message, Level level, Priority priority) {}
}
