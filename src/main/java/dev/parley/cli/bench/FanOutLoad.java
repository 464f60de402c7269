package dev.parley.cli.bench;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// In each room the first member keeps some broadcasts on their way: it sends the next when one has
/// come back to it. What did not come back for five seconds is given up, so that a server that
/// drops ephemeral messages does not stop the run.
final class FanOutLoad implements Load {
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  private final Scenario.FanOut plan;
  private final Wire wire;
  private final List<Lane> lanes = new ArrayList<>();
  private final int senders;
  private volatile boolean running = true;

  FanOutLoad(Scenario.FanOut plan, Wire wire) {
    this.plan = plan;
    this.wire = wire;
    this.senders = (plan.rooms() + plan.joined() - 1) / plan.joined();
  }

  @Override
  public List<String> rooms(int peer) {
    return IntStream.range(0, plan.joined())
        .map(i -> (int) (((long) peer * plan.joined() + i) % plan.rooms()))
        .distinct()
        .mapToObj(FanOutLoad::room)
        .toList();
  }

  @Override
  public void start(List<Worker> workers, List<Peer> peers) {
    for (int room = 0; room < plan.rooms(); room++) {
      lanes.add(new Lane(room, peers.get(room / plan.joined()), wire.broadcast(room(room))));
    }
    for (Lane lane : lanes) {
      lane.sender.worker().loop().execute(lane::refill);
    }
    for (Worker worker : workers) {
      var _ =
          worker.loop().scheduleAtFixedRate(() -> check(worker), 500, 500, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void onMarked(Peer peer, ByteBuf bytes, int start, int length, int mark) {
    Tally tally = peer.worker().tally();
    tally.count();
    if (tally.isSample()) {
      tally.recordLatency(Mark.now() - Mark.at(bytes, mark));
    }
    if (peer.number() < senders) {
      lanes.get(Mark.lane(bytes, mark)).onBack(peer);
    }
  }

  @Override
  public void stop() {
    running = false;
  }

  private void check(Worker worker) {
    for (Lane lane : lanes) {
      if (lane.sender.worker().equals(worker)) {
        lane.giveUpWhatIsLost(Mark.now());
      }
    }
  }

  private static String room(int number) {
    return "b" + number;
  }

  /// The broadcasts to one room; touched on its sender's event loop.
  private final class Lane {
    private final int room;
    private final Peer sender;
    private final Template broadcast;
    private int inFlight;
    private long lastSign = Mark.now();

    Lane(int room, Peer sender, Template broadcast) {
      this.room = room;
      this.sender = sender;
      this.broadcast = broadcast;
    }

    void onBack(Peer receiver) {
      if (receiver == sender) {
        lastSign = Mark.now();
        inFlight = Math.max(0, inFlight - 1);
        send();
      }
    }

    void giveUpWhatIsLost(long now) {
      if (running && now - lastSign > PATIENCE_NANOS) {
        sender.worker().tally().lost(inFlight);
        inFlight = 0;
        refill();
      }
    }

    void refill() {
      lastSign = Mark.now();
      send();
      sender.flush();
    }

    private void send() {
      while (running && inFlight < plan.inFlight()) {
        inFlight++;
        sender.worker().tally().sent();
        sender.send(broadcast, Mark.now(), room);
      }
    }
  }
}
