package dev.parley.cli.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// All connections of a run, opened with a bounded number on their way at a time. Used by one
/// controlling thread, which it makes wait; the connections live on the workers' event loops.
final class Swarm implements AutoCloseable, Peer.Observer {
  private static final int READ_BUFFER_BYTES = 16 << 10;
  private static final int MOST_FAILURES = 100;
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final Plan plan;
  private final Wire wire;
  private final Tokens tokens;
  private final List<SocketAddress> nodes;
  private final MultiThreadIoEventLoopGroup loops;
  private final List<Worker> workers = new ArrayList<>();
  private final List<Peer> peers = new ArrayList<>();
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Semaphore opening;
  private final AtomicInteger ready = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicReference<@Nullable String> firstTrouble = new AtomicReference<>();
  private final CountDownLatch trouble = new CountDownLatch(1);

  Swarm(Plan plan, Wire wire, Tokens tokens) {
    this.plan = plan;
    this.wire = wire;
    this.tokens = tokens;
    this.nodes =
        plan.target().ports().stream()
            .<SocketAddress>map(port -> new InetSocketAddress(plan.target().host(), port))
            .toList();
    this.opening = new Semaphore(plan.opening());
    this.loops = new MultiThreadIoEventLoopGroup(plan.loops(), NioIoHandler.newFactory());
    for (EventExecutor loop : loops) {
      workers.add(Worker.on((EventLoop) loop));
    }
  }

  List<Worker> workers() {
    return workers;
  }

  List<Peer> peers() {
    return peers;
  }

  /// Sessions that came to be ready.
  int ready() {
    return ready.get();
  }

  /// What first went wrong, if anything did.
  Optional<String> trouble() {
    return Optional.ofNullable(firstTrouble.get());
  }

  /// Opens the plan's connections and waits until each is ready or failed, or the time is over.
  /// Each worker's tally counts its sessions and how long they took.
  void open(Load load) throws InterruptedException {
    long deadline = System.nanoTime() + plan.timing().setUp().toNanos();
    int count = plan.scenario().connections();
    for (int number = 0; number < count && failed.get() < MOST_FAILURES; number++) {
      if (!await(1, deadline)) {
        break;
      }
      connect(number, load);
    }
    if (await(plan.opening(), deadline)) {
      opening.release(plan.opening());
    } else {
      noteTrouble(
          "after " + plan.timing().setUp().toSeconds() + " s there were " + ready + " sessions");
    }
  }

  /// Lets the time pass; false if something went wrong before its end.
  boolean hold(Duration time) throws InterruptedException {
    return !trouble.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void onReady(Peer peer) {
    ready.incrementAndGet();
    opening.release();
  }

  @Override
  public void onEnded(Peer peer, String why, Peer.State before) {
    if (before == Peer.State.LEAVING) {
      return;
    }
    noteTrouble("connection " + peer.number() + ": " + why);
    if (before != Peer.State.READY) {
      failed.incrementAndGet();
      opening.release();
    }
  }

  @Override
  public void close() {
    peers.forEach(peer -> peer.worker().loop().execute(peer::leave));
    if (!channels.newCloseFuture().awaitUninterruptibly(FAREWELL.toMillis())) {
      channels.close().awaitUninterruptibly(FAREWELL.toMillis());
    }
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(FAREWELL.toMillis());
  }

  private void connect(int number, Load load) {
    Worker worker = workers.get(number % workers.size());
    Peer peer =
        new Peer(
            number,
            worker,
            wire,
            Handshake.request(
                plan.target().authority(), wire.path(), tokens.of("u" + (number + 1))),
            load.rooms(number),
            load,
            this);
    peers.add(peer);
    ChannelFuture connected =
        new Bootstrap()
            .group(worker.loop())
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BUFFER_BYTES))
            .handler(peer)
            .connect(nodeOf(number), local(number));
    channels.add(connected.channel());
    connected.addListener(
        done -> {
          if (!done.isSuccess()) {
            peer.onNotConnected(done.cause());
          }
        });
  }

  /// The members of a room go to the nodes in turn, or the rooms do.
  private SocketAddress nodeOf(int number) {
    int rooms = plan.scenario().rooms();
    int place = plan.target().apart() ? number % rooms : number / rooms;
    return nodes.get(place % nodes.size());
  }

  private SocketAddress local(int number) {
    List<String> from = plan.target().from();
    return from.isEmpty()
        ? new InetSocketAddress(0)
        : new InetSocketAddress(from.get(number % from.size()), 0);
  }

  private void noteTrouble(String what) {
    firstTrouble.compareAndSet(null, what);
    trouble.countDown();
  }

  private boolean await(int permits, long deadline) throws InterruptedException {
    return opening.tryAcquire(permits, deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
  }
}
