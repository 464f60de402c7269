package dev.parley.store.redis;

import dev.parley.protocol.StreamId;
import dev.parley.store.History;
import dev.parley.store.StoredEvent;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;

/// Reads events, in as many parts as their size asks for.
final class EventPages {
  /// About how much one answer holds: no more begins once there is so much.
  private static final int PAGE_BYTES = 1 << 20;

  private final Links links;

  EventPages(Links links) {
    this.links = links;
  }

  /// Events after `after`, at most `limit`.
  Future<List<StoredEvent>> after(StreamId stream, long after, int limit) {
    return add(new Wish(stream, limit, Long.MAX_VALUE), new ArrayList<>(), after);
  }

  /// The first part, and what follows it: at most `limit` events, and none once there are
  /// `maxBytes`.
  Future<List<StoredEvent>> goOn(
      StreamId stream, List<StoredEvent> first, int limit, long maxBytes) {
    var wish = new Wish(stream, limit, maxBytes);
    return first.isEmpty() || wish.isFulfilledBy(first)
        ? Future.succeededFuture(first)
        : add(wish, new ArrayList<>(first), first.getLast().seq());
  }

  /// Messages before (`<`, newest first) or after (`>`, ascending) a seq.
  Future<List<StoredEvent>> counted(StreamId stream, String direction, long bound, int limit) {
    return addCounted(new Wish(stream, limit, Long.MAX_VALUE), direction, new ArrayList<>(), bound);
  }

  private Future<List<StoredEvent>> add(Wish wish, List<StoredEvent> events, long after) {
    int partition = Partitions.of(wish.stream());
    Arguments arguments =
        links
            .call(Script.READ, partition)
            .add(wish.stream().value())
            .add(after)
            .add(wish.limit() - events.size())
            .add(PAGE_BYTES);
    return links
        .read(partition, arguments, Links.present(EventPages::page))
        .compose(page -> goOn(wish, events, page));
  }

  private Future<List<StoredEvent>> goOn(Wish wish, List<StoredEvent> events, Page page) {
    events.addAll(page.events());
    return page.more() && !wish.isFulfilledBy(events)
        ? add(wish, events, events.getLast().seq())
        : Future.succeededFuture(events);
  }

  private Future<List<StoredEvent>> addCounted(
      Wish wish, String direction, List<StoredEvent> events, long bound) {
    int partition = Partitions.of(wish.stream());
    Arguments arguments =
        links
            .call(Script.COUNTED, partition)
            .add(wish.stream().value())
            .add(direction)
            .add(bound)
            .add(wish.limit() - events.size())
            .add(PAGE_BYTES);
    return links
        .read(partition, arguments, Links.present(EventPages::countedPage))
        .compose(page -> goOnCounted(wish, direction, events, page));
  }

  private Future<List<StoredEvent>> goOnCounted(
      Wish wish, String direction, List<StoredEvent> events, Page page) {
    events.addAll(page.events());
    return page.more()
        ? addCounted(wish, direction, events, events.getLast().seq())
        : Future.succeededFuture(events);
  }

  private static Page page(Response response) {
    History history = Replies.history(response.get(0));
    List<StoredEvent> events = Replies.consecutive(history, response.get(1));
    return new Page(events, !events.isEmpty() && events.getLast().seq() < history.seq());
  }

  private static Page countedPage(Response response) {
    History history = Replies.history(response.get(0));
    return new Page(Replies.numbered(history, response.get(2)), response.get(1).toInteger() == 1);
  }

  /// @param more whether there was more when it was read
  private record Page(List<StoredEvent> events, boolean more) {}

  private record Wish(StreamId stream, int limit, long maxBytes) {
    boolean isFulfilledBy(List<StoredEvent> events) {
      return events.size() >= limit
          || (maxBytes < Long.MAX_VALUE
              && events.stream().mapToLong(event -> event.payload().length).sum() >= maxBytes);
    }
  }
}
