package dev.parley.cluster;

import com.hazelcast.cluster.InitialMembershipEvent;
import com.hazelcast.cluster.InitialMembershipListener;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import dev.parley.protocol.NodeId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The members of a Hazelcast cluster as nodes. Hazelcast tells who is there when it begins, then
/// every change, one at a time and in order. After a split the members of the smaller part come
/// back under new ids: for the others they left and joined.
final class HazelcastCluster implements Cluster, InitialMembershipListener {
  private static final Logger LOG = LoggerFactory.getLogger(HazelcastCluster.class);

  private final NodeId self;
  private final HazelcastInstance hazelcast;
  private final Map<UUID, NodeId> nodes = new HashMap<>();
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
  private volatile Set<NodeId> others = Set.of();

  private HazelcastCluster(HazelcastInstance hazelcast, NodeId self) {
    this.hazelcast = hazelcast;
    this.self = self;
  }

  /// Watches a started member's cluster.
  static HazelcastCluster watch(HazelcastInstance hazelcast, NodeId self) {
    HazelcastCluster cluster = new HazelcastCluster(hazelcast, self);
    UUID _ = hazelcast.getCluster().addMembershipListener(cluster);
    return cluster;
  }

  @Override
  public NodeId self() {
    return self;
  }

  @Override
  public Set<NodeId> others() {
    return others;
  }

  /// Hazelcast lists its members in the order in which they came. A node that is leaving is none.
  @Override
  public boolean isOldest() {
    try {
      return hazelcast.getCluster().getMembers().iterator().next().localMember();
    } catch (HazelcastInstanceNotActiveException _) {
      return false;
    }
  }

  @Override
  public void onChange(Consumer<Change> listener) {
    listeners.add(listener);
  }

  @Override
  public synchronized void init(InitialMembershipEvent event) {
    event.getMembers().forEach(this::onMember);
  }

  @Override
  public synchronized void memberAdded(MembershipEvent event) {
    onMember(event.getMember());
  }

  @Override
  public synchronized void memberRemoved(MembershipEvent event) {
    NodeId gone = nodes.remove(event.getMember().getUuid());
    others = Set.copyOf(nodes.values());
    if (gone != null && !others.contains(gone)) {
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
    nodes.put(member.getUuid(), node);
    others = Set.copyOf(nodes.values());
    LOG.atInfo()
        .addKeyValue("node", node)
        .addKeyValue("address", member.getAddress())
        .log("A node joined");
    tell(new Change.Joined(node));
  }

  private void tell(Change change) {
    listeners.forEach(listener -> listener.accept(change));
  }
}
