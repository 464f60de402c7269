package dev.parley.store.redis;

import dev.parley.store.Reply;
import dev.parley.store.StoreMeters;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;

/// Calls that have their outcome, told together at the end of a turn of their link's loop. Belongs
/// to that loop.
final class Answers {
  private final Context context;
  private final Intake intake;
  private final StoreMeters meters;
  private final Runnable onTold;
  private List<Call<?>> answered = new ArrayList<>();

  /// @param intake gets their room back
  Answers(Context context, Intake intake, StoreMeters meters, Runnable onTold) {
    this.context = context;
    this.intake = intake;
    this.meters = meters;
    this.onTold = onTold;
  }

  /// One that was told before is passed over: its time was over.
  void add(Call<?> call) {
    if (call.isOver()) {
      return;
    }
    call.end();
    if (answered.isEmpty()) {
      context.runOnContext(_ -> tell());
    }
    answered.add(call);
  }

  private void tell() {
    List<Call<?>> batch = answered;
    answered = new ArrayList<>();
    List<Reply<?>> replies = new ArrayList<>(batch.size());
    for (Call<?> call : batch) {
      intake.release(call);
      replies.add(call.reply());
    }
    count(batch);
    Reply.tell(replies);
    onTold.run();
  }

  private void count(List<Call<?>> batch) {
    List<Call<?>> writes = batch.stream().filter(Call::writes).toList();
    if (writes.isEmpty()) {
      return;
    }
    writes.forEach(write -> meters.onAcknowledged(write.age()));
    long bytes = writes.stream().mapToLong(Call::bytes).sum();
    meters.onCommitted(writes.size(), bytes, writes.getFirst().age());
  }
}
