package dev.parley.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import dev.parley.protocol.NodeId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The members of a Hazelcast cluster as nodes. Hazelcast calls its listeners one at a time and in
/// order. After a split the members of the smaller part come back under new ids: for the others
/// they left and joined.
final class HazelcastCluster implements Cluster, MembershipListener {
  private static final Logger LOG = LoggerFactory.getLogger(HazelcastCluster.class);

  private final NodeId self;
  private final ConcurrentMap<UUID, NodeId> nodes = new ConcurrentHashMap<>();
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

  private HazelcastCluster(NodeId self) {
    this.self = self;
  }

  /// Watches a started member's cluster.
  static HazelcastCluster watch(HazelcastInstance hazelcast, NodeId self) {
    HazelcastCluster cluster = new HazelcastCluster(self);
    UUID _ = hazelcast.getCluster().addMembershipListener(cluster);
    hazelcast.getCluster().getMembers().forEach(cluster::onMember);
    return cluster;
  }

  @Override
  public NodeId self() {
    return self;
  }

  @Override
  public Set<NodeId> others() {
    return Set.copyOf(nodes.values());
  }

  @Override
  public void onChange(Consumer<Change> listener) {
    listeners.add(listener);
  }

  /// Leaving is Vert.x's part: it closes the member with the event bus.
  @Override
  public Future<Void> leave() {
    return Future.succeededFuture();
  }

  @Override
  public void memberAdded(MembershipEvent event) {
    onMember(event.getMember());
  }

  @Override
  public void memberRemoved(MembershipEvent event) {
    NodeId gone = nodes.remove(event.getMember().getUuid());
    if (gone != null && !nodes.containsValue(gone)) {
      LOG.atInfo().addKeyValue("node", gone).log("A node left");
      tell(new Change.Left(gone));
    }
  }

  private void onMember(Member member) {
    String name = member.getAttribute(HazelcastSettings.NODE);
    if (member.localMember() || name == null) {
      return;
    }
    NodeId node = new NodeId(name);
    if (nodes.put(member.getUuid(), node) == null) {
      LOG.atInfo()
          .addKeyValue("node", node)
          .addKeyValue("address", member.getAddress())
          .log("A node joined");
      tell(new Change.Joined(node));
    }
  }

  private void tell(Change change) {
    listeners.forEach(listener -> listener.accept(change));
  }

  @Override
  public String toString() {
    return others().stream().map(NodeId::value).sorted().collect(Collectors.joining(", "));
  }
}
