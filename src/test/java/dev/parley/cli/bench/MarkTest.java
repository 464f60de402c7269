package dev.parley.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class MarkTest {
  @Test
  void whatIsWrittenIsReadAgain() {
    ByteBuf bytes = ascii("{\"id\":\"" + Mark.BLANK + "\"}");
    Mark.write(bytes, 7, 1_234_567_890_123L, 4_711);
    assertThat(bytes.toString(StandardCharsets.US_ASCII))
        .isEqualTo("{\"id\":\"" + Mark.text(1_234_567_890_123L, 4_711) + "\"}");
    assertThat(Mark.at(bytes, 7)).isEqualTo(1_234_567_890_123L);
    assertThat(Mark.lane(bytes, 7)).isEqualTo(4_711);
  }

  @Test
  void aMarkIsFoundWhereverItStands() {
    long seed = RandomGenerator.getDefault().nextLong();
    RandomGenerator random = new java.util.Random(seed);
    MarkFinder finder = new MarkFinder();
    for (int i = 0; i < 10_000; i++) {
      String before = "bench-a ".repeat(random.nextInt(4)) + "x".repeat(random.nextInt(3));
      String after = "y".repeat(random.nextInt(40));
      ByteBuf bytes = ascii("???" + before + Mark.text(i, 7) + after + "???");
      int length = before.length() + Mark.LENGTH + after.length();
      assertThat(finder.find(bytes, 3, length)).as("seed %d", seed).isEqualTo(3 + before.length());
    }
  }

  @Test
  void aFrameWithoutAMarkHasNone() {
    MarkFinder finder = new MarkFinder();
    assertThat(finder.find(ascii("{}"), 0, 2)).isEqualTo(-1);
    assertThat(finder.find(ascii("{\"type\":\"room.members_changed\"}......."), 0, 38))
        .isEqualTo(-1);
  }

  @Test
  void aMarkThatIsCutOffIsNone() {
    ByteBuf bytes = ascii("xx" + Mark.BLANK);
    assertThat(new MarkFinder().find(bytes, 0, Mark.LENGTH + 1)).isEqualTo(-1);
  }

  private static ByteBuf ascii(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
  }
}
