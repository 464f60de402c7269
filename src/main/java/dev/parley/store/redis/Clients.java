package dev.parley.store.redis;

import dev.parley.config.RedisConfig;
import io.netty.channel.EventLoop;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.internal.CloseFuture;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;

/// Makes clients of one connection each. The library's pool would hand a connection on that is of
/// no use any more; closing its client is what surely ends it.
final class Clients {
  /// Room for what is asked beside the pipeline.
  private static final int SPARE = 64;

  /// Closing discards what was not sent: it is sent again elsewhere, and must not arrive late.
  private static final int NO_LINGER = 0;

  private final VertxInternal vertx;
  private final RedisConfig config;

  Clients(Vertx vertx, RedisConfig config) {
    this.vertx = (VertxInternal) vertx;
    this.config = config;
  }

  Redis of(Address address) {
    var options =
        new RedisOptions()
            .setConnectionString(address.url())
            .setMaxPoolSize(1)
            .setMaxPoolWaiting(1)
            .setPoolRecycleTimeout(-1)
            .setPoolCleanerInterval(-1)
            .setMaxWaitingHandlers(config.inFlight() + SPARE)
            .setNetClientOptions(net(address));
    address.user().ifPresent(options::setUser);
    address.password().ifPresent(options::setPassword);
    return created(options);
  }

  /// Vert.x holds what was made in a context until that ends, even if it was closed long before; so
  /// each client is made in one of its own.
  private Redis created(RedisOptions options) {
    EventLoop loop = vertx.getOrCreateContext().nettyEventLoop();
    ContextInternal own =
        vertx
            .contextBuilder()
            .withThreadingModel(ThreadingModel.EVENT_LOOP)
            .withEventLoop(loop)
            .withCloseFuture(new CloseFuture())
            .build();
    ContextInternal before = own.beginDispatch();
    try {
      return Redis.createClient(vertx, options);
    } finally {
      own.endDispatch(before);
    }
  }

  private NetClientOptions net(Address address) {
    var net = new NetClientOptions();
    net.setConnectTimeout((int) config.timeout().toMillis());
    net.setTcpNoDelay(true);
    net.setSoLinger(NO_LINGER);
    net.setSsl(address.tls());
    if (address.tls()) {
      net.setHostnameVerificationAlgorithm("HTTPS");
      config
          .tls()
          .ca()
          .ifPresent(ca -> net.setTrustOptions(new PemTrustOptions().addCertPath(ca.toString())));
      config
          .tls()
          .certificate()
          .ifPresent(
              chain ->
                  net.setKeyCertOptions(
                      new PemKeyCertOptions()
                          .addCertPath(chain.toString())
                          .addKeyPath(config.tls().key().orElseThrow().toString())));
    }
    return net;
  }
}
