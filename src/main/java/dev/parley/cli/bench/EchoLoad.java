package dev.parley.cli.bench;

import io.netty.buffer.ByteBuf;
import java.util.List;

/// One request on its way on each connection, all the time.
final class EchoLoad implements Load {
  private final Template request;
  private volatile boolean running = true;

  EchoLoad(Wire wire) {
    this.request = wire.echo();
  }

  @Override
  public void start(List<Worker> workers, List<Peer> peers) {
    for (Peer peer : peers) {
      peer.worker()
          .loop()
          .execute(
              () -> {
                ask(peer);
                peer.flush();
              });
    }
  }

  @Override
  public void onMarked(Peer peer, ByteBuf bytes, int start, int length, int mark) {
    Tally tally = peer.worker().tally();
    tally.count();
    tally.recordLatency(Mark.now() - Mark.at(bytes, mark));
    if (running) {
      ask(peer);
    }
  }

  @Override
  public void stop() {
    running = false;
  }

  private void ask(Peer peer) {
    peer.worker().tally().sent();
    peer.send(request, Mark.now(), peer.number());
  }
}
