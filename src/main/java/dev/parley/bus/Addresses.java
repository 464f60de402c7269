package dev.parley.bus;

import dev.parley.protocol.NodeId;

/// Every address on the event bus.
///
/// A domain runs as several instances ("shards") per node; a room or user always has the same one,
/// so that its commands are decided in one thread and in order.
public final class Addresses {
  /// Asked whether a user may do something, if an application registered a consumer
  /// (`connection.md`).
  public static final String AUTHORIZE = "parley.authorize";

  // What verticles of other people ask (`bus.md`).

  public static final String SEND_TO_ROOM = "parley.rooms.send";
  public static final String SEND_TO_USER = "parley.users.send";
  public static final String SEND_TO_CONNECTION = "parley.connections.send";
  public static final String BROADCAST = "parley.broadcast";
  public static final String BROADCAST_TO_ADMINS = "parley.admin.broadcast";
  public static final String GRANT_ROOM = "parley.rooms.grant";
  public static final String REVOKE_ROOM = "parley.rooms.revoke";
  public static final String BLOCK_USER = "parley.users.block";
  public static final String UNBLOCK_USER = "parley.users.unblock";
  public static final String REVOKE_TOKENS = "parley.tokens.revoke";
  public static final String SEND_CHAT = "parley.chat.send";
  public static final String UPDATE_JOB = "parley.jobs.update";
  public static final String LIST_JOBS = "parley.jobs.list";
  public static final String CREATE_NOTIFICATION = "parley.notifications.create";
  public static final String GET_PRESENCE = "parley.presence.get";
  public static final String GET_STATS = "parley.stats.get";
  public static final String RAISE_ALERT = "parley.alerts.raise";
  public static final String DOCUMENT_STARTED = "parley.documents.started";
  public static final String DOCUMENT_COMPLETED = "parley.documents.completed";
  public static final String PUBLISH_UPDATE = "parley.updates.publish";
  public static final String PUBLISH_TOPIC = "parley.topics.publish";

  /// The samples of this node's machine.
  public static final String METRICS = "parley.internal.metrics";

  /// Rights that are taken back, at this node.
  public static final String ACCESS = "parley.internal.access";

  /// What applications tell of their business, on this node.
  public static final String OPERATIONS = "parley.internal.operations";

  private Addresses() {}

  public static String rooms(int shard) {
    return "parley.internal.rooms." + shard;
  }

  public static String chat(int shard) {
    return "parley.internal.chat." + shard;
  }

  public static String presence(int shard) {
    return "parley.internal.presence." + shard;
  }

  public static String jobs(int shard) {
    return "parley.internal.jobs." + shard;
  }

  public static String notifications(int shard) {
    return "parley.internal.notifications." + shard;
  }

  public static String inbox(int shard) {
    return "parley.internal.inbox." + shard;
  }

  /// The open connections of a node.
  public static String connections(NodeId node) {
    return "parley.internal.connections." + node;
  }

  /// What other nodes write to a node.
  public static String node(NodeId node) {
    return "parley.node." + node;
  }

  /// Asked for frames of a type that no domain knows.
  public static String handler(String type) {
    return "parley.handlers." + type;
  }

  /// Every event of a domain is published here, for applications.
  public static String events(String domain) {
    return "parley.events." + domain;
  }
}
