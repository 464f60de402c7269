package dev.parley.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLoopsTest {
  private static final int LOOPS = 3;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
  private final Deployments deployments = new Deployments(vertx, new EventLoops(vertx));
  private final List<String> undeployed = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void eachNumberHasALoopOfItsOwnWhateverElseTakesLoops(int takenByEach) {
    List<Object> first = deployOnEach(takenByEach);
    List<Object> second = deployOnEach(takenByEach + 1);
    assertThat(first).hasSize(LOOPS).doesNotHaveDuplicates();
    assertThat(second).isEqualTo(first);
  }

  @Test
  void isTakenBackTheOtherWayRound() {
    Await.result(
        deployments.onEachLoop(number -> new Taking("first" + number, 1, new ArrayList<>())));
    Await.result(deployments.one(new Taking("last", 0, new ArrayList<>())));
    Await.result(deployments.undeployAll());
    assertThat(undeployed).containsExactly("last", "first2", "first1", "first0");
  }

  @Test
  void whatFailsToStartIsSaid() {
    Deployable failing = _ -> Future.failedFuture("no room for it");
    assertThat(Await.failure(deployments.onEachLoop(_ -> failing))).hasMessage("no room for it");
  }

  private List<Object> deployOnEach(int taken) {
    List<Object> loops = Collections.synchronizedList(new ArrayList<>());
    Await.result(deployments.onEachLoop(number -> new Taking("on " + number, taken, loops)));
    return loops;
  }

  /// Takes some loops while it starts, as registering a consumer in a cluster does.
  private final class Taking implements Deployable {
    private final String name;
    private final int takes;
    private final List<Object> loops;

    Taking(String name, int takes, List<Object> loops) {
      this.name = name;
      this.takes = takes;
      this.loops = loops;
    }

    @Override
    public Future<?> deploy(Context context) {
      loops.add(((ContextInternal) context).nettyEventLoop());
      for (int i = 0; i < takes; i++) {
        assertThat(((VertxInternal) vertx).createEventLoopContext()).isNotNull();
      }
      return Future.succeededFuture();
    }

    @Override
    public Future<?> undeploy(Context context) {
      undeployed.add(name);
      return Future.succeededFuture();
    }
  }
}
