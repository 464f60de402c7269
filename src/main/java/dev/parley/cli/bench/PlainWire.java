package dev.parley.cli.bench;

import java.nio.charset.StandardCharsets;

/// Bare JSON frames, as `src/bench/compare/ws-server.js` takes them: `join`, `broadcast`, `echo`.
final class PlainWire implements Wire {
  @Override
  public String path() {
    return "/";
  }

  @Override
  public boolean isAuthenticated() {
    return false;
  }

  @Override
  public Step onUpgraded() {
    return Step.OPENED;
  }

  @Override
  public Step onFrame(String text) {
    return text.startsWith("{\"type\":\"joined\"") ? Step.JOINED : Step.IGNORED;
  }

  @Override
  public byte[] join(String room) {
    String text = "{\"type\":\"join\",\"room\":\"" + room + "\"}";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public Template broadcast(String room) {
    return Template.of(Payload.of("\"type\":\"broadcast\",\"room\":\"" + room + "\""));
  }

  @Override
  public Template echo() {
    return Template.of(Payload.of("\"type\":\"echo\""));
  }
}
