package dev.parley.store.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// All links. A partition always uses the same one, so whatever is asked about a stream is done in
/// the order asked, whoever asks on which thread.
final class Links {
  private final Vertx vertx;
  private final List<Link> links;
  private final Partitions partitions;
  private final RedisStoreOptions options;

  Links(Vertx vertx, List<Link> links, RedisStoreOptions options) {
    this.vertx = vertx;
    this.links = List.copyOf(links);
    this.partitions = new Partitions(options.redis().prefix());
    this.options = options;
  }

  RedisStoreOptions options() {
    return options;
  }

  Arguments call(Script script, int partition) {
    return new Arguments(script, partitions.tag(partition));
  }

  <R> Future<R> read(int partition, Arguments arguments, Call.Decoder<R> decoder) {
    return ask(partition, false, 0, (_, _) -> arguments, decoder);
  }

  <R> Future<R> write(
      int partition, long payloadBytes, Arguments arguments, Call.Decoder<R> decoder) {
    return ask(partition, true, payloadBytes, (_, _) -> arguments, decoder);
  }

  <R> Future<R> write(
      int partition, long payloadBytes, Call.Message message, Call.Decoder<R> decoder) {
    return ask(partition, true, payloadBytes, message, decoder);
  }

  boolean areOpen() {
    return links.stream().allMatch(Link::isOpen);
  }

  int size() {
    return links.stream().mapToInt(Link::size).sum();
  }

  long bytes() {
    return links.stream().mapToLong(Link::bytes).sum();
  }

  /// Completes with what each is connected to.
  Future<List<Server>> start() {
    return Future.join(links.stream().map(Link::start).toList())
        .map(started -> started.<Server>list());
  }

  Future<Void> close() {
    return Future.join(links.stream().map(Link::close).toList()).mapEmpty();
  }

  private <R> Future<R> ask(
      int partition,
      boolean writes,
      long payloadBytes,
      Call.Message message,
      Call.Decoder<R> decoder) {
    Link link = links.get(partition % links.size());
    return link.ask(new Call<>(vertx.getOrCreateContext(), writes, payloadBytes, message, decoder));
  }

  /// A decoder for answers that are never empty.
  static <R> Call.Decoder<R> present(Function<Response, R> decoder) {
    return response -> decoder.apply(present(response));
  }

  private static Response present(@Nullable Response response) {
    if (response == null) {
      throw new IllegalStateException("Redis answered nothing");
    }
    return response;
  }
}
