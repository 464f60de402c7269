package dev.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.RejectedException;
import dev.parley.protocol.RoomName;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MessageLanesTest {
  private static final RoomName ROOM = new RoomName("lobby");

  private final MessageLanes lanes = new MessageLanes();
  private final List<String> begun = new ArrayList<>();

  @Test
  void changesOfOneMessageWaitForEachOther() {
    Promise<String> first = Promise.promise();
    Future<String> one = begin(7, "one", first.future());
    Future<String> two = begin(7, "two", Future.succeededFuture("done"));
    Future<String> other = begin(8, "other", Future.succeededFuture("done"));

    assertThat(begun).containsExactly("one", "other");
    assertThat(other.succeeded()).isTrue();
    first.complete("done");

    assertThat(begun).containsExactly("one", "other", "two");
    assertThat(one.succeeded() && two.succeeded()).isTrue();
  }

  @Test
  void aChangeThatFailsHoldsUpNobody() {
    Future<String> one = begin(7, "one", Future.failedFuture("no"));
    Future<String> two = begin(7, "two", Future.succeededFuture("done"));

    assertThat(one.failed()).isTrue();
    assertThat(two.result()).isEqualTo("done");
  }

  @Test
  void tooManyAreTurnedAway() {
    Promise<String> first = Promise.promise();
    List<Future<String>> waiting = new ArrayList<>();
    for (int i = 0; i < MessageLanes.MAX_WAITING; i++) {
      waiting.add(begin(7, "w" + i, first.future()));
    }

    assertThat(begin(9, "late", Future.succeededFuture("done")).cause())
        .isInstanceOf(RejectedException.class);
    first.complete("done");
    assertThat(waiting).allMatch(Future::succeeded);
    assertThat(begin(9, "again", Future.succeededFuture("done")).succeeded()).isTrue();
  }

  private Future<String> begin(long seq, String name, Future<String> work) {
    return lanes.run(
        ROOM,
        seq,
        () -> {
          begun.add(name);
          return work;
        });
  }
}
