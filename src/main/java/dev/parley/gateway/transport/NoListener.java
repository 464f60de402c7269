package dev.parley.gateway.transport;

import dev.parley.dialect.InFrame;
import dev.parley.protocol.CloseCode;

/// Before a connection starts and after it ended there is nobody to tell.
enum NoListener implements TransportListener {
  INSTANCE;

  @Override
  public void onMessage(InFrame frame) {}

  @Override
  public void onPong() {}

  @Override
  public void onWritable() {}

  @Override
  public void onViolation(CloseCode code) {}

  @Override
  public void onClosed(int code) {}
}
