package dev.parley.cli.bench;

import java.nio.charset.StandardCharsets;

/// Socket.IO 4 (engine.io 4 on its WebSocket transport), as `src/bench/compare/socketio-server.js`
/// takes it: events `join` (acknowledged), `broadcast`, `echo`.
final class SocketIoWire implements Wire {
  @Override
  public String path() {
    return "/socket.io/?EIO=4&transport=websocket";
  }

  @Override
  public boolean isAuthenticated() {
    return false;
  }

  @Override
  public Step onUpgraded() {
    return Step.IGNORED;
  }

  @Override
  public Step onFrame(String text) {
    if (text.startsWith("0{")) {
      return new Step.Answer(ascii("40"));
    } else if (text.startsWith("40")) {
      return Step.OPENED;
    } else if (text.startsWith("430")) {
      return Step.JOINED;
    } else if (text.equals("2")) {
      return new Step.Answer(ascii("3"));
    } else if (text.startsWith("44")) {
      return new Step.Refused(text);
    }
    return Step.IGNORED;
  }

  @Override
  public byte[] join(String room) {
    return ascii("420[\"join\",\"" + room + "\"]");
  }

  @Override
  public Template broadcast(String room) {
    return Template.of("42[\"broadcast\"," + Payload.of("\"room\":\"" + room + "\"") + "]");
  }

  @Override
  public Template echo() {
    return Template.of("42[\"echo\"," + Payload.of("") + "]");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
