package dev.parley.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class FrameReaderTest {
  private final Seen seen = new Seen();
  private final FrameReader reader = new FrameReader(seen);

  @Test
  void readsFramesOfEveryLengthCutAnywhere() {
    long seed = RandomGenerator.getDefault().nextLong();
    Random random = new Random(seed);
    List<String> sent = new ArrayList<>();
    ByteBuf stream = Unpooled.buffer();
    for (int i = 0; i < 300; i++) {
      String text = Integer.toString(i) + "x".repeat(length(random));
      sent.add(text);
      writeFrame(stream, FrameReader.TEXT, text);
    }
    while (stream.isReadable()) {
      read(stream.readBytes(Math.min(1 + random.nextInt(3_000), stream.readableBytes())));
    }
    assertThat(seen.frames).as("seed %d", seed).isEqualTo(sent);
    reader.release();
  }

  @Test
  void readsAFrameByteByByte() {
    ByteBuf stream = Unpooled.buffer();
    writeFrame(stream, FrameReader.TEXT, "y".repeat(70_000));
    writeFrame(stream, FrameReader.PING, "");
    while (stream.isReadable()) {
      read(stream.readBytes(1));
    }
    assertThat(seen.frames).containsExactly("y".repeat(70_000), "");
    assertThat(seen.opcodes).containsExactly(FrameReader.TEXT, FrameReader.PING);
  }

  @Test
  void keepsNoBufferOfWholeFrames() {
    ByteBuf stream = Unpooled.buffer();
    writeFrame(stream, FrameReader.BINARY, "abc");
    read(stream);
    assertThat(stream.refCnt()).isZero();
  }

  @Test
  void refusesWhatItCannotRead() {
    assertThat(violationOf(0x01, 0x00)).contains("fragmented"); // not final
    assertThat(violationOf(0xc1, 0x00)).contains("compressed"); // RSV1
    assertThat(violationOf(0x81, 0x80)).contains("masked");
    assertThat(violationOf(0x81, 0x7f, 0, 0, 0, 1, 0, 0, 0, 0)).contains("4294967296 bytes");
    assertThat(violationOf(0x81, 0x7f, 0xff, 0, 0, 0, 0, 0, 0, 0)).contains("bytes");
  }

  @Test
  void readsNothingAfterAViolation() {
    read(Unpooled.wrappedBuffer(new byte[] {(byte) 0x81, (byte) 0x80, (byte) 0x81, 0}));
    read(Unpooled.wrappedBuffer(new byte[] {(byte) 0x81, 0}));
    assertThat(seen.frames).isEmpty();
    assertThat(seen.violations).hasSize(1);
  }

  private static String violationOf(int... bytes) {
    Seen seen = new Seen();
    ByteBuf stream = Unpooled.buffer();
    for (int b : bytes) {
      stream.writeByte(b);
    }
    new FrameReader(seen).read(stream, UnpooledByteBufAllocator.DEFAULT);
    return String.join(", ", seen.violations);
  }

  private void read(ByteBuf bytes) {
    reader.read(bytes, UnpooledByteBufAllocator.DEFAULT);
  }

  private static int length(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(125);
      case 1 -> 120 + random.nextInt(10);
      case 2 -> random.nextInt(5_000);
      default -> 65_500 + random.nextInt(70);
    };
  }

  private static void writeFrame(ByteBuf stream, int opcode, String text) {
    stream.writeByte(0x80 | opcode);
    if (text.length() < 126) {
      stream.writeByte(text.length());
    } else if (text.length() < 65_536) {
      stream.writeByte(126).writeShort(text.length());
    } else {
      stream.writeByte(127).writeLong(text.length());
    }
    stream.writeCharSequence(text, StandardCharsets.US_ASCII);
  }

  private static final class Seen implements FrameReader.Sink {
    final List<Integer> opcodes = new ArrayList<>();
    final List<String> frames = new ArrayList<>();
    final List<String> violations = new ArrayList<>();

    @Override
    public void onFrame(int opcode, ByteBuf bytes, int start, int length) {
      opcodes.add(opcode);
      frames.add(bytes.toString(start, length, StandardCharsets.US_ASCII));
    }

    @Override
    public void onViolation(String what) {
      violations.add(what);
    }
  }
}
