package dev.parley.auth.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OriginPolicyTest {
  private final OriginPolicy production =
      new OriginPolicy(List.of("https://chat.example", "http://intra.example:8080"), false);
  private final OriginPolicy development = new OriginPolicy(List.of("https://chat.example"), true);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://chat.example",
        "https://chat.example:443",
        "HTTPS://Chat.Example",
        "http://intra.example:8080"
      })
  void allowedOriginsAreAdmittedHoweverWritten(String origin) {
    assertThat(production.permits(Optional.of(origin))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://chat.example",
        "https://chat.example:8443",
        "https://chat.example.evil.example",
        "https://evil.example/https://chat.example",
        "https://chat.example@evil.example",
        "https://evilchat.example",
        "https://sub.chat.example",
        "https://chat.example/",
        "https://chat.example?x",
        "https://chat.example#x",
        "https://chat.example https://evil.example",
        "http://intra.example",
        "http://localhost:8000",
        "http://127.0.0.1",
        "null",
        "",
        "*",
        "chat.example",
        "//chat.example",
        "https://",
        "https://[::1",
        "https://chat.example\u0000"
      })
  void otherOriginsAreRefusedInProduction(String origin) {
    assertThat(production.permits(Optional.of(origin))).isFalse();
  }

  @Test
  void whatIsNoBrowserIsAdmitted() {
    assertThat(production.permits(Optional.empty())).isTrue();
    assertThat(development.permits(Optional.empty())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost",
        "http://localhost:5173",
        "https://localhost:8443",
        "http://app.localhost:3000",
        "http://127.0.0.1:8000",
        "http://127.0.0.2",
        "http://[::1]:8000",
        "https://chat.example"
      })
  void pagesOfThisMachineAreAdmittedInDevelopment(String origin) {
    assertThat(development.permits(Optional.of(origin))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost.evil.example",
        "http://evil.example",
        "http://127.0.0.1.evil.example",
        "http://192.168.1.7",
        "file://",
        "null"
      })
  void otherPagesAreRefusedInDevelopmentToo(String origin) {
    assertThat(development.permits(Optional.of(origin))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "chat.example", "https://chat.example/path", "null", ""})
  void settingThatIsNoOriginIsRefused(String origin) {
    assertThatThrownBy(() -> new OriginPolicy(List.of(origin), false))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
