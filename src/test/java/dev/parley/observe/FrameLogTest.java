package dev.parley.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("listens to the log of the process")
final class FrameLogTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"auth\",\"token\":\"s3cret\"}",
        "{\"type\":\"auth\",\"token\" : \"s3cret\\\" s3cret\",\"id\":1}",
        "{\"access_token\":\"s3cret\"}",
        "{\"data\":{\"Authorization\":\"Bearer s3cret\"}}",
        "{\"type\":\"auth\",\"token\":\"s3cret"
      })
  void tokensAreNeverWritten(String frame) {
    assertThat(text(frame)).doesNotContain("s3cret").contains("***");
  }

  @Test
  void theRestIsWrittenAsItIs() {
    String frame = "{\"type\":\"chat.send\",\"content\":\"a token of thanks\",\"id\":7}";
    assertThat(text(frame)).isEqualTo(frame);
  }

  @Test
  void aTokenIsMaskedBeforeALongFrameIsCut() {
    String token = "s3cret".repeat(20);
    String frame = "{\"pad\":\"" + "x".repeat(1_970) + "\",\"token\":\"" + token + "\"}";
    assertThat(text(frame)).doesNotContain("s3cret").hasSizeLessThan(2_010);
  }

  @Test
  void binaryFramesAreCountedOnly() {
    assertThat(FrameLog.textOf(true, new byte[12])).isEqualTo("12 bytes");
  }

  private static String text(String frame) {
    return FrameLog.textOf(false, frame.getBytes(UTF_8));
  }
}
