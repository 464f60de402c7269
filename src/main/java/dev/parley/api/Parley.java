package dev.parley.api;

import dev.parley.bus.Addresses;
import dev.parley.bus.MessageBus;
import dev.parley.bus.PublicBus;
import dev.parley.protocol.Fields;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// Parley for verticles: a method for each public address of the event bus. It only sends to those
/// addresses, so it works on every node, from any thread; results come on the caller's context.
///
/// A future fails with a [io.vertx.core.eventbus.ReplyException] whose message is an error code and
/// whose `failureCode()` is the HTTP status that says the same. Any method may fail with
///
/// - `VALIDATION_FAILED` (422): an argument is not what it must be. The server's log says which, at
///   level debug;
/// - `UNAVAILABLE` (503): the store is down, or no node answered within 10 s. Whether something was
///   stored is unknown;
/// - `INTERNAL_ERROR` (500): a fault of the server.
///
/// Ids of users have 1–128 of letters, digits and `. _ - @ : | +`, names of rooms 1–128 of letters,
/// digits and `. _ - : @`. A message for clients is any JSON object of at most 256 KiB
/// (`MESSAGE_TOO_LARGE`, 413) and reaches them as it is given, whichever dialect they speak; give
/// it a `type` by which they know it.
public final class Parley {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final PublicBus bus;

  private Parley(PublicBus bus) {
    this.bus = bus;
  }

  /// The face for this Vert.x, which runs a node or is clustered with one. Costs nothing to make.
  public static Parley on(Vertx vertx) {
    return new Parley(MessageBus.publicBus(vertx, TIMEOUT));
  }

  /// Brings a message to all connections that joined a room, once. The room need not exist.
  ///
  /// @return how many there were
  public Future<Integer> sendToRoom(String room, JsonObject message) {
    return sendToRoom(room, message, List.of());
  }

  /// The same, but not to some connections.
  ///
  /// @param except connection ids, at most 1,000
  public Future<Integer> sendToRoom(String room, JsonObject message, Collection<String> except) {
    JsonObject body = toRoom(room, message).put("except", array(except));
    return bus.request(Addresses.SEND_TO_ROOM, body).map(Parley::recipients);
  }

  /// Makes a message part of a room's history, then brings it to its connections. Native clients
  /// get `room`, `seq` and `epoch` with it, and get it when they resume. Stored when this
  /// completes. Fails with `VALIDATION_FAILED` in rooms that keep no history.
  public Future<KeptMessage> keepInRoom(String room, JsonObject message) {
    JsonObject body = toRoom(room, message).put("durable", true);
    return bus.request(Addresses.SEND_TO_ROOM, body)
        .map(reply -> KeptMessage.of(new Fields(reply)));
  }

  /// Brings a message to all connections of a user.
  ///
  /// @return whether there was one
  public Future<Boolean> sendToUser(String userId, JsonObject message) {
    JsonObject body = new JsonObject().put("user_id", userId).put("message", message);
    return bus.request(Addresses.SEND_TO_USER, body).map(Parley::delivered);
  }

  /// Brings a message to all connections of a user; where there is none it waits, and is written to
  /// the next one that can be fed, with `"queued":true`. Stored when this completes. It comes at
  /// least once: put an id into it if twice would matter.
  ///
  /// @return whether there was a connection
  public Future<Boolean> sendOrQueue(String userId, JsonObject message) {
    JsonObject body =
        new JsonObject().put("user_id", userId).put("message", message).put("queue_offline", true);
    return bus.request(Addresses.SEND_TO_USER, body).map(Parley::delivered);
  }

  /// Brings a message to one connection.
  ///
  /// @return whether it is open
  public Future<Boolean> sendToConnection(String connectionId, JsonObject message) {
    JsonObject body = new JsonObject().put("connection_id", connectionId).put("message", message);
    return bus.request(Addresses.SEND_TO_CONNECTION, body).map(Parley::delivered);
  }

  /// Brings a message to every authenticated connection.
  ///
  /// @return how many there were
  public Future<Integer> broadcast(JsonObject message) {
    return broadcast(message, BroadcastFilter.EVERYBODY);
  }

  /// Brings a message to the connections that a filter lets through.
  ///
  /// @return how many there were
  public Future<Integer> broadcast(JsonObject message, BroadcastFilter filter) {
    JsonObject body = new JsonObject().put("message", message).put("filter", filter.toJson());
    return bus.request(Addresses.BROADCAST, body).map(Parley::recipients);
  }

  /// Tells all administrators; clients of `connect` get it as `admin_broadcast`.
  ///
  /// @return how many connections they have
  public Future<Integer> broadcastToAdmins(String message) {
    JsonObject body = new JsonObject().put("message", message);
    return bus.request(Addresses.BROADCAST_TO_ADMINS, body).map(Parley::recipients);
  }

  /// The same with an object.
  public Future<Integer> broadcastToAdmins(JsonObject message) {
    JsonObject body = new JsonObject().put("message", message);
    return bus.request(Addresses.BROADCAST_TO_ADMINS, body).map(Parley::recipients);
  }

  /// Gives a user the right to enter a room, for as long as it is not taken back. Stored when this
  /// completes; repeating it does nothing.
  public Future<Void> grant(String room, String userId) {
    return bus.request(Addresses.GRANT_ROOM, right(room, userId)).mapEmpty();
  }

  /// Takes the right back, puts the user's connections out of the room and ends their part in it.
  /// Nothing later of the room is written to them.
  public Future<Void> revoke(String room, String userId) {
    return bus.request(Addresses.REVOKE_ROOM, right(room, userId)).mapEmpty();
  }

  /// Ends a user's connections with 4403 and refuses their tokens until [#unblockUser]; on every
  /// node within a second.
  public Future<Void> blockUser(String userId) {
    return change(Addresses.BLOCK_USER, new JsonObject().put("user_id", userId));
  }

  /// Lets a user in again.
  public Future<Void> unblockUser(String userId) {
    return change(Addresses.UNBLOCK_USER, new JsonObject().put("user_id", userId));
  }

  /// Revokes one token, by its `jti`.
  ///
  /// @param expiresAt when it ends by itself; until then the revocation is kept
  public Future<Void> revokeToken(String tokenId, Instant expiresAt) {
    JsonObject body = new JsonObject().put("jti", tokenId).put("expires_at", expiresAt.toString());
    return change(Addresses.REVOKE_TOKENS, body);
  }

  /// Revokes all tokens of a user that were issued until now; newer ones are good.
  public Future<Void> revokeTokensOf(String userId) {
    return change(Addresses.REVOKE_TOKENS, new JsonObject().put("user_id", userId));
  }

  /// Revokes all tokens of everybody that were issued before a time.
  public Future<Void> revokeTokensIssuedBefore(Instant time) {
    return change(Addresses.REVOKE_TOKENS, new JsonObject().put("issued_before", time.toString()));
  }

  private Future<Void> change(String address, JsonObject body) {
    return bus.request(address, body).mapEmpty();
  }

  /// Posts a chat message. Stored when this completes. The sender need not be connected, nor be in
  /// the room; whether they may is the caller's to know.
  ///
  /// May fail with `CONFLICT` (409) if it repeats a message that is no longer kept.
  public Future<PostedMessage> sendChat(ChatDraft message) {
    return bus.request(Addresses.SEND_CHAT, message.toJson())
        .map(reply -> PostedMessage.of(new Fields(reply)));
  }

  /// Posts a plain text.
  public Future<PostedMessage> sendChat(String room, String senderId, String content) {
    return sendChat(ChatDraft.text(room, senderId, content));
  }

  /// Posts what no user wrote: of the type `system`, which clients cannot send.
  public Future<PostedMessage> sendSystemChat(String room, String senderId, String content) {
    return sendChat(ChatDraft.system(room, senderId, content));
  }

  /// The work that goes on somewhere.
  public JobsFace jobs() {
    return new JobsFace(bus);
  }

  /// Keeps a notification, for `store.notifications.keep`, and brings it to the connections that it
  /// is for. Stored when this completes; asking twice keeps two.
  ///
  /// @return its id
  public Future<String> sendNotification(NotificationDraft notification) {
    return bus.request(Addresses.CREATE_NOTIFICATION, notification.toJson())
        .map(reply -> ReplyFields.text(new Fields(reply), "id"));
  }

  /// How users are present, in the order asked.
  ///
  /// @param userIds at most 200
  public Future<List<UserPresence>> presence(Collection<String> userIds) {
    JsonObject body = new JsonObject().put("user_ids", array(userIds));
    return bus.request(Addresses.GET_PRESENCE, body).map(UserPresence::allOf);
  }

  /// What is going on in the whole cluster.
  public Future<Stats> stats() {
    return bus.request(Addresses.GET_STATS, new JsonObject()).map(Stats::of);
  }

  /// Tells every authenticated connection that something is wrong; what is merely worth knowing,
  /// administrators alone.
  public Future<Void> raiseAlert(Alert alert) {
    return bus.request(Addresses.RAISE_ALERT, alert.toJson()).mapEmpty();
  }

  /// Tells those who watch the user's documents that one is being worked on.
  ///
  /// @param documentId 1–256 characters
  /// @param filename 1–4,096 characters
  public Future<Void> documentStarted(String userId, String documentId, String filename) {
    return bus.request(Addresses.DOCUMENT_STARTED, document(userId, documentId, filename))
        .mapEmpty();
  }

  /// Tells them that it went well.
  public Future<Void> documentCompleted(String userId, String documentId, String filename) {
    JsonObject body = document(userId, documentId, filename).put("success", true);
    return bus.request(Addresses.DOCUMENT_COMPLETED, body).mapEmpty();
  }

  /// Tells them that it went well, and what came of it.
  ///
  /// @param result at most 256 KiB; natively alone
  public Future<Void> documentCompleted(
      String userId, String documentId, String filename, JsonObject result) {
    JsonObject body =
        document(userId, documentId, filename).put("success", true).put("result", result);
    return bus.request(Addresses.DOCUMENT_COMPLETED, body).mapEmpty();
  }

  /// Tells them that it failed.
  ///
  /// @param error for people, at most 4,096 characters
  public Future<Void> documentFailed(
      String userId, String documentId, String filename, String error) {
    JsonObject body =
        document(userId, documentId, filename).put("success", false).put("error", error);
    return bus.request(Addresses.DOCUMENT_COMPLETED, body).mapEmpty();
  }

  /// Tells those in the room of an order or quote, and the users it names, that it changed.
  public Future<Void> publishUpdate(Update update) {
    return bus.request(Addresses.PUBLISH_UPDATE, update.toJson()).mapEmpty();
  }

  /// Tells the subscribers of a topic, and those of `all`, that something happened.
  ///
  /// @param topic 1–192 of letters, digits and `. _ - : @ | +`
  /// @param action a word of the application's own, 1–64 characters
  /// @param data at most 256 KiB
  public Future<Void> publishToTopic(String topic, String action, JsonObject data) {
    JsonObject body = new JsonObject().put("topic", topic).put("action", action).put("data", data);
    return bus.request(Addresses.PUBLISH_TOPIC, body).mapEmpty();
  }

  private static JsonObject document(String userId, String documentId, String filename) {
    return new JsonObject()
        .put("user_id", userId)
        .put("document_id", documentId)
        .put("filename", filename);
  }

  private static JsonObject toRoom(String room, JsonObject message) {
    return new JsonObject().put("room", room).put("message", message);
  }

  private static JsonObject right(String room, String userId) {
    return new JsonObject().put("room", room).put("user_id", userId);
  }

  private static JsonArray array(Collection<String> texts) {
    return new JsonArray(List.copyOf(texts));
  }

  private static int recipients(JsonObject reply) {
    return ReplyFields.count(new Fields(reply), "recipients");
  }

  private static boolean delivered(JsonObject reply) {
    return new Fields(reply).flag("delivered");
  }
}
