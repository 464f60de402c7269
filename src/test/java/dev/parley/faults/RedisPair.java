package dev.parley.faults;

import dev.parley.Await;
import dev.parley.kit.RedisServer;
import dev.parley.kit.Wire;

/// A master and its replica, and the wire between them.
final class RedisPair implements AutoCloseable {
  private RedisServer master = RedisServer.start();
  private RedisServer replica = RedisServer.start();
  private Wire between = new Wire(master.port());

  RedisPair() {
    follow();
  }

  int masterPort() {
    return master.port();
  }

  /// The master ends as in a crash, and comes again on what its file holds.
  void restart() {
    master.kill();
    master.restart();
    awaitReplica();
  }

  void pause() {
    master.pause();
  }

  void resume() {
    master.resume();
  }

  /// From now on the replica misses what is written.
  void lag() {
    between.hold();
  }

  void catchUp() {
    between.letGo();
  }

  /// The master ends, and the replica, with what it has, takes its place.
  void failOver() {
    RedisServer old = master;
    master.kill();
    String _ = replica.ask("REPLICAOF", "NO", "ONE");
    between.close();
    master = replica;
    between = new Wire(master.port());
    old.restartEmpty();
    replica = old;
    follow();
  }

  @Override
  public void close() {
    between.close();
    replica.close();
    master.close();
  }

  private void follow() {
    String _ = replica.ask("REPLICAOF", "127.0.0.1", Integer.toString(between.port()));
    awaitReplica();
  }

  private void awaitReplica() {
    Await.until(() -> "up".equals(replica.info("master_link_status")), "the replica follows");
  }
}
