package dev.parley.store.redis;

import static java.util.stream.Collectors.joining;

import dev.parley.protocol.Position;
import dev.parley.protocol.Stamp;
import dev.parley.store.Append;
import dev.parley.store.Append.NewEvent;
import dev.parley.store.AppendResult;
import dev.parley.store.AppendResult.Appended;
import dev.parley.store.AppendResult.Behind;
import dev.parley.store.AppendResult.Stale;
import dev.parley.store.History;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One append, as its script is asked and as it answers.
///
/// @param operation names it, however often it is sent
record Appending(Append append, String operation) {

  /// @param arguments those of the append's script
  Arguments arguments(
      Arguments arguments, String life, String fresh, Duration keysKept, Duration changesKept) {
    arguments
        .add(append.stream().value())
        .add(life)
        .add(fresh)
        .add(operation)
        .add(append.key().map(key -> key.toBytes()).orElse(new byte[0]))
        .add(append.expectedSeq().isPresent() ? "" + append.expectedSeq().getAsLong() : "")
        .add(mask())
        .add(keysKept.toMillis())
        .add(changesKept.toMillis())
        .add(ages())
        .add(append.revisions().size())
        .add(append.puts().size())
        .add(append.events().stream().allMatch(NewEvent::plain) ? 1 : 0);
    append.events().forEach(event -> arguments.add(event.payload()));
    append.revisions().forEach(r -> arguments.add(r.seq()).add(r.revision()).add(r.payload()));
    append
        .puts()
        .forEach(
            put ->
                arguments
                    .add(put.key())
                    .add(
                        put.expectedVersion().isPresent()
                            ? "" + put.expectedVersion().getAsLong()
                            : "")
                    .add(put.value()));
    return arguments;
  }

  /// A [Behind] has only the first part of what was missed.
  AppendResult result(Response response) {
    return switch (response.get(0).toString()) {
      case "S" -> stored(response);
      case "R" -> repeated(response);
      case "B" -> behind(response);
      case "X" -> new Stale();
      default -> throw new IllegalStateException("no answer to an append: " + response);
    };
  }

  long bytes() {
    return append.events().stream().mapToLong(event -> event.payload().length).sum()
        + append.puts().stream().mapToLong(put -> put.value().length + put.key().length()).sum()
        + append.revisions().stream().mapToLong(revision -> revision.payload().length).sum();
  }

  /// `S, last seq, last number, epoch, epoch of the event before`
  private Appended stored(Response response) {
    List<NewEvent> events = append.events();
    String epoch = response.get(3).toString();
    String previous = response.get(4).toString();
    long seq = response.get(1).toLong() - events.size();
    long number = response.get(2).toLong() - events.stream().filter(NewEvent::counted).count();
    var stamps = new ArrayList<Stamp>(events.size());
    for (NewEvent event : events) {
      number += event.counted() ? 1 : 0;
      stamps.add(new Stamp(new Position(epoch, ++seq), previous, number));
      previous = epoch;
    }
    return new Appended(stamps, false);
  }

  /// It is no repetition if the first answer was given to this same append, and lost.
  private Appended repeated(Response response) {
    History history = Replies.history(response.get(1));
    Replies.Kept kept = Replies.kept(response.get(2));
    return new Appended(kept.answer().stamps(history), !kept.operation().equals(operation));
  }

  private static Behind behind(Response response) {
    return new Behind(Replies.consecutive(Replies.history(response.get(1)), response.get(2)));
  }

  /// The table of those whose events are kept as long.
  private String ages() {
    if (append.stream().room().isPresent()) {
      return "y";
    }
    return append.stream().isForNotifications() ? "x" : "";
  }

  private String mask() {
    return append.events().stream().map(event -> event.counted() ? "1" : "0").collect(joining());
  }
}
