package dev.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.RoomState;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RoomViewTest {
  private static final RoomName LOBBY = new RoomName("lobby");
  private static final ConnectionId ANN = new ConnectionId("ann-1");

  private final RoomView view = new RoomView();
  private final Deque<Making> making = new ArrayDeque<>();
  private final List<Long> shown = new ArrayList<>();

  @BeforeEach
  void add() {
    view.add(ANN);
  }

  @Test
  void aChangeIsShownOnceItIsMade() {
    Future<RoomState> state = change(1);
    assertThat(shown).isEmpty();
    made();
    assertThat(shown).containsExactly(1L);
    assertThat(state.result().revision()).isEqualTo(1);
    assertThat(making).isEmpty();
  }

  @Test
  void changesMeanwhileShareTheNext() {
    Future<RoomState> first = change(1);
    Future<RoomState> second = change(2);
    Future<RoomState> third = change(3);
    assertThat(making).hasSize(1);
    made();
    assertThat(first.isComplete()).isTrue();
    assertThat(second.isComplete()).isFalse();
    made();
    assertThat(shown).containsExactly(1L, 3L);
    assertThat(second.result()).isSameAs(third.result());
    assertThat(making).isEmpty();
  }

  @Test
  void whereNobodyLooksAnyMoreNothingIsShown() {
    Future<RoomState> state = change(1);
    assertThat(view.remove(ANN)).isTrue();
    assertThat(view.remove(ANN)).isFalse();
    made();
    assertThat(shown).isEmpty();
    assertThat(state.isComplete()).isTrue();
  }

  private Future<RoomState> change(long number) {
    return view.change(number, this::make, state -> shown.add(state.revision()));
  }

  private Future<RoomState> make() {
    Making begun = new Making(view.revision(), Promise.promise());
    making.add(begun);
    return begun.promise().future();
  }

  private void made() {
    Making first = making.remove();
    first.promise().complete(new RoomState(LOBBY, List.of(), 0, first.revision()));
  }

  private record Making(long revision, Promise<RoomState> promise) {}
}
