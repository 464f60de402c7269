package dev.parley.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class FrameWriterTest {
  private final FrameWriter writer = new FrameWriter(UnpooledByteBufAllocator.DEFAULT);

  @Test
  void aFrameOfEachShortLengthCanBeUnmasked() {
    for (int length = 0; length < 300; length++) {
      String text = "x".repeat(length);
      ByteBuf frame = writer.frame(FrameReader.TEXT, text.getBytes(StandardCharsets.US_ASCII));
      assertThat(unmasked(frame)).isEqualTo(text);
      frame.release();
    }
  }

  @Test
  void aTemplateGoesOutWithItsMark() {
    Template template = Template.of(Payload.of("\"type\":\"echo\""));
    ByteBuf frame = writer.frame(template, 42, 7);
    String text = unmasked(frame);
    assertThat(text).hasSize(Payload.BYTES).contains("\"id\":\"" + Mark.text(42, 7) + "\"");
    frame.release();
  }

  @Test
  void aPayloadIsPaddedToItsSize() {
    assertThat(Payload.of("")).hasSize(Payload.BYTES).startsWith("{\"id\":\"").endsWith("x\"}");
  }

  /// As RFC 6455 §5.3 says, byte by byte.
  private static String unmasked(ByteBuf frame) {
    assertThat(frame.readUnsignedByte()).isEqualTo((short) 0x81);
    int length = frame.readUnsignedByte();
    assertThat(length & 0x80).as("mask bit").isEqualTo(0x80);
    length &= 0x7f;
    length = length == 126 ? frame.readUnsignedShort() : length;
    byte[] key = new byte[4];
    frame.readBytes(key);
    byte[] payload = new byte[length];
    frame.readBytes(payload);
    assertThat(frame.isReadable()).isFalse();
    for (int i = 0; i < length; i++) {
      payload[i] ^= key[i % 4];
    }
    return new String(payload, StandardCharsets.US_ASCII);
  }
}
