package dev.parley.cli.bench;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Durable messages at a fixed rate. Each is due at a time that does not depend on the server, and
/// its latency is counted from then to its acknowledgement, or to its last reader: a server that
/// stalls is charged for all that became due meanwhile (no coordinated omission).
final class ChatLoad implements Load {
  private static final int MOST_OUTSTANDING = 100_000;

  private final Scenario.Chat plan;
  private final NativeWire wire;
  private final AtomicLong outstanding = new AtomicLong();

  /// Names this run's messages, so that the server does not take them for repetitions of another's.
  private final String run = HexFormat.of().toHexDigits(new SecureRandom().nextLong());

  private volatile boolean running = true;

  ChatLoad(Scenario.Chat plan, NativeWire wire) {
    this.plan = plan;
    this.wire = wire;
  }

  @Override
  public List<String> rooms(int peer) {
    return List.of(room(peer));
  }

  @Override
  public void start(List<Worker> workers, List<Peer> peers) {
    List<Peer> senders =
        plan.delivered()
            ? peers.stream().filter(peer -> peer.number() < plan.rooms()).toList()
            : peers;
    for (Worker worker : workers) {
      List<Peer> own = senders.stream().filter(peer -> peer.worker().equals(worker)).toList();
      if (!own.isEmpty()) {
        Pacer pacer = new Pacer(own, (double) plan.rate() * own.size() / senders.size());
        var _ =
            worker.loop().scheduleAtFixedRate(pacer::sendWhatIsDue, 1, 1, TimeUnit.MILLISECONDS);
      }
    }
  }

  @Override
  public void onMarked(Peer peer, ByteBuf bytes, int start, int length, int mark) {
    if (plan.delivered()) {
      onTold(peer, Mark.at(bytes, mark));
      return;
    }
    String text = bytes.toString(start, length, StandardCharsets.UTF_8);
    if (wire.isAcknowledgement(text)) {
      onDone(peer, Mark.at(bytes, mark));
    } else {
      outstanding.decrementAndGet();
      peer.worker().tally().refused(text);
    }
  }

  /// The member that was connected last counts for all.
  private void onTold(Peer peer, long due) {
    if (peer.number() / plan.rooms() == plan.members() - 1) {
      onDone(peer, due);
    }
  }

  private void onDone(Peer peer, long due) {
    Tally tally = peer.worker().tally();
    outstanding.decrementAndGet();
    if (tally.isMeasured(due)) {
      tally.count();
      tally.recordLatency(Mark.now() - due);
    }
  }

  @Override
  public void settle(Duration patience) throws InterruptedException {
    stop();
    long deadline = System.nanoTime() + patience.toNanos();
    while (outstanding.get() > 0 && System.nanoTime() < deadline) {
      Thread.sleep(Duration.ofMillis(1));
    }
  }

  @Override
  public void stop() {
    running = false;
  }

  private String room(int peer) {
    return "c" + peer % plan.rooms();
  }

  /// Sends in turn from the connections of one event loop.
  private final class Pacer {
    private final List<Peer> peers;
    private final double nanosBetween;
    private final long startedAt = Mark.now();
    private long sent;

    Pacer(List<Peer> peers, double rate) {
      this.peers = peers;
      this.nanosBetween = 1e9 / rate;
    }

    void sendWhatIsDue() {
      long now = Mark.now();
      for (long due = nextDue(); running && due <= now; due = nextDue()) {
        send(peers.get((int) (sent % peers.size())), due);
        sent++;
      }
      peers.forEach(Peer::flush);
    }

    private long nextDue() {
      return startedAt + (long) (sent * nanosBetween);
    }

    private void send(Peer peer, long due) {
      Tally tally = peer.worker().tally();
      if (outstanding.get() >= MOST_OUTSTANDING) {
        tally.lost(1);
        return;
      }
      outstanding.incrementAndGet();
      if (tally.isMeasured(due)) {
        tally.sent();
      }
      String id = run + "-" + sent;
      String room = room(peer.number());
      peer.send(plan.delivered() ? wire.tell(room, id) : wire.chat(room, id), due, 0);
    }
  }
}
