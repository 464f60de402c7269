package dev.parley.feed;

import dev.parley.protocol.CloseCode;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.NotificationEvent;
import dev.parley.protocol.Recipients;
import dev.parley.protocol.UserId;

/// A session without a socket.
abstract class FakeSubscriber implements Subscriber {
  private final ConnectionId connection;
  private final UserId user;

  FakeSubscriber(String connection, String user) {
    this.connection = new ConnectionId(connection);
    this.user = new UserId(user);
  }

  @Override
  public UserId user() {
    return user;
  }

  @Override
  public ConnectionId connection() {
    return connection;
  }

  @Override
  public boolean followsConversations() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean hasRole(String role) {
    return false;
  }

  @Override
  public boolean wants(NotificationEvent event) {
    return true;
  }

  @Override
  public boolean matches(Recipients.Matching recipients) {
    return true;
  }

  @Override
  public void probe(long timeoutMillis) {}

  @Override
  public void disconnect(CloseCode code) {}
}
