package dev.parley.cli.bench;

import java.nio.charset.StandardCharsets;

/// Parley's own dialect, `/parley/v1`. A broadcast is ephemeral and carries the common payload as
/// its `data`.
final class NativeWire implements Wire {
  /// The type stands at the beginning of every frame; what a chatter wrote stands behind it.
  private static final int TYPE_WITHIN = 64;

  @Override
  public String path() {
    return "/parley/v1";
  }

  @Override
  public boolean isAuthenticated() {
    return true;
  }

  @Override
  public Step onUpgraded() {
    return Step.IGNORED;
  }

  @Override
  public Step onFrame(String text) {
    String head = text.substring(0, Math.min(TYPE_WITHIN, text.length()));
    if (head.contains("\"type\":\"ok\"")) {
      return text.contains("\"id\":\"join\"") ? Step.JOINED : Step.IGNORED;
    } else if (head.contains("\"type\":\"welcome\"")) {
      return Step.OPENED;
    } else if (head.contains("\"type\":\"error\"")) {
      return new Step.Refused(text);
    }
    return Step.IGNORED;
  }

  @Override
  public byte[] join(String room) {
    String text = "{\"type\":\"room.join\",\"id\":\"join\",\"room\":\"" + room + "\"}";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public Template broadcast(String room) {
    return Template.of(
        "{\"type\":\"room.broadcast\",\"room\":\""
            + room
            + "\",\"event\":\"bench\",\"data\":"
            + Payload.of("")
            + "}");
  }

  @Override
  public Template echo() {
    return Template.of(Payload.of("\"type\":\"ping\""));
  }

  /// A durable message of [Payload#BYTES] bytes of content; its acknowledgement carries the mark.
  ///
  /// @param clientMessageId unique to the user and room
  Template chat(String room, String clientMessageId) {
    return Template.of(
        "{\"type\":\"chat.send\",\"id\":\""
            + Mark.BLANK
            + "\",\"room\":\""
            + room
            + "\",\"client_message_id\":\""
            + clientMessageId
            + "\",\"content\":\""
            + "x".repeat(Payload.BYTES)
            + "\"}");
  }

  /// The same, with the mark where all members read it. It is not acknowledged.
  Template tell(String room, String clientMessageId) {
    return Template.of(
        "{\"type\":\"chat.send\",\"room\":\""
            + room
            + "\",\"client_message_id\":\""
            + clientMessageId
            + "\",\"content\":\""
            + Mark.BLANK
            + "x".repeat(Payload.BYTES - Mark.LENGTH)
            + "\"}");
  }

  /// Whether a frame with a mark in it says that a message is stored.
  boolean isAcknowledgement(String text) {
    return text.substring(0, Math.min(TYPE_WITHIN, text.length())).contains("\"type\":\"ok\"");
  }
}
