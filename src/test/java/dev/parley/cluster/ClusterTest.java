package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.multimap.MultiMap;
import dev.parley.Await;
import dev.parley.bus.Addresses;
import dev.parley.bus.MessageBus;
import dev.parley.bus.NodePost;
import dev.parley.cluster.ClusterStart.Started;
import dev.parley.config.ClusterConfig;
import dev.parley.config.Config;
import dev.parley.kit.Ports;
import dev.parley.protocol.NodeId;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.spi.cluster.hazelcast.impl.HazelcastRegistrationInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Members of a real cluster, all in this process.
final class ClusterTest {
  private final List<Member> members = new ArrayList<>();
  private final List<Integer> ports = Ports.free(3);

  @AfterEach
  void closeAll() {
    members.forEach(Member::close);
  }

  @Test
  void nodesFindEachOtherAndWriteToEachOther() {
    Member a = join("a", 0);
    Member b = join("b", 1);
    Await.until(() -> a.others().equals(Set.of(b.self())), "a sees b");
    Await.until(() -> b.others().equals(Set.of(a.self())), "b sees a");
    b.post()
        .on(
            "greet",
            (from, letter) ->
                Future.succeededFuture(Optional.of(Buffer.buffer(letter + " from " + from))));

    Buffer answer =
        Await.result(
            a.post().ask(b.self(), "greet", Buffer.buffer("hello"), Duration.ofSeconds(5)));
    assertThat(answer).hasToString("hello from a");
  }

  @Test
  void aLetterOfAKindThatOnlyNewerNodesKnowIsRefusedToWhoeverAsks() {
    Member a = join("a", 0);
    Member b = join("b", 1);
    Await.until(() -> a.others().equals(Set.of(b.self())), "a sees b");
    Await.result(a.post().send(b.self(), "new", Buffer.buffer("of tomorrow")));

    assertThatThrownBy(
            () ->
                Await.result(
                    a.post().ask(b.self(), "new", Buffer.buffer("?"), Duration.ofSeconds(5))))
        .hasMessageContaining("unknown kind");
  }

  @Test
  void rowsAreKnownEverywhereAndGoWithTheirNode() {
    Member a = join("a", 0);
    a.rows().put("color", "red");
    a.rows().put("shape", "round");
    Member b = join("b", 1);
    Member c = join("c", 2);
    Await.until(() -> b.says(a, "color").equals(Optional.of("red")), "b knows what a said before");
    a.rows().remove("shape");
    a.rows().put("color", "green");
    b.rows().put("color", "blue");
    Await.until(
        () -> c.rows().all("color").equals(Map.of(a.self(), "green", b.self(), "blue")),
        "c knows both");
    Await.until(() -> b.says(a, "shape").isEmpty(), "b knows that the shape is gone");

    a.close();
    Await.until(() -> c.rows().all("color").equals(Map.of(b.self(), "blue")), "a's row is gone");
    Await.until(() -> c.others().equals(Set.of(b.self())), "a is gone");
  }

  /// As others do late, when a node that seemed gone is back.
  @Test
  void aNodeThatOthersRemovedFromTheRegistryIsReachedAgain() {
    Member a = join("a", 0);
    Member b = join("b", 1);
    b.post().on("greet", (_, letter) -> Future.succeededFuture(Optional.of(letter)));
    Await.until(() -> a.isAnsweredBy(b), "b answers");
    assertThat(registrations().remove(Addresses.node(b.self()))).hasSize(1);
    Await.until(() -> !a.isAnsweredBy(b), "b is not found");

    Await.until(() -> a.isAnsweredBy(b), "b answers again");
  }

  /// As one that goes may leave behind, when others go at the same time.
  @Test
  void aNodeThatIsGoneDoesNotStayInTheRegistry() {
    Member a = join("a", 0);
    Member b = join("b", 1);
    b.post().on("greet", (_, letter) -> Future.succeededFuture(Optional.of(letter)));
    Await.until(() -> a.isAnsweredBy(b), "b answers");
    var gone = new HazelcastRegistrationInfo(new RegistrationInfo("gone", 0, false));
    List<String> addresses = List.of(Addresses.node(b.self()), "parley.rooms.send");
    addresses.forEach(address -> registrations().put(address, gone));

    Await.until(
        () -> addresses.stream().noneMatch(each -> registrations().containsEntry(each, gone)),
        "who is gone is removed");
    assertThat(registrations().get(Addresses.node(b.self()))).as("b itself").hasSize(1);
    assertThat(a.isAnsweredBy(b)).isTrue();
  }

  private MultiMap<String, HazelcastRegistrationInfo> registrations() {
    return Hazelcast.getAllHazelcastInstances().stream()
        .filter(each -> each.getCluster().getLocalMember().getAddress().getPort() == ports.get(0))
        .findFirst()
        .orElseThrow()
        .getMultiMap("__vertx.subs");
  }

  @Test
  void twoNodesOfOneNameAreRefused() {
    Member _ = join("a", 0);

    assertThatThrownBy(() -> join("a", 1))
        .hasMessageContaining("Another node of the cluster is called a");
  }

  @Test
  void nodesOfAnotherSecretAreAnotherCluster() {
    Member a = join("a", 0);
    Member b = join("b", 1, "another secret of theirs");

    assertThat(a.others()).isEmpty();
    assertThat(b.others()).isEmpty();
  }

  private Member join(String name, int place) {
    return join(name, place, "a secret that all of them share");
  }

  private Member join(String name, int place, String secret) {
    ClusterConfig config =
        Config.of(
                "cluster.enabled",
                "true",
                "cluster.secret",
                secret,
                "cluster.port",
                ports.get(place).toString(),
                "cluster.members",
                "127.0.0.1:" + ports.get(0) + ",127.0.0.1:" + ports.get(1))
            .cluster();
    NodeId self = new NodeId(name);
    Started started =
        Await.result(ClusterStart.start(config, self, new VertxOptions().setEventLoopPoolSize(1)));
    NodePost post = MessageBus.nodePost(started.vertx(), self);
    Rows rows =
        new Rows(
            started.vertx(),
            started.cluster(),
            post,
            started.vertx().getOrCreateContext(),
            config.rowsInterval());
    Await.result(post.open());
    started.registry().keep(Addresses.node(self));
    Await.result(rows.start(Duration.ofSeconds(5)));
    Member member = new Member(started, post, rows);
    members.add(member);
    return member;
  }

  private record Member(Started started, NodePost post, Rows rows) {
    boolean isAnsweredBy(Member other) {
      return Await.result(
          post.ask(other.self(), "greet", Buffer.buffer("hello"), Duration.ofSeconds(5))
              .map(true)
              .otherwise(false));
    }

    NodeId self() {
      return started.cluster().self();
    }

    Set<NodeId> others() {
      return started.cluster().others();
    }

    Optional<String> says(Member other, String key) {
      return rows.of(other.self(), key);
    }

    void close() {
      rows.close();
      Await.result(started.vertx().close());
    }
  }
}
