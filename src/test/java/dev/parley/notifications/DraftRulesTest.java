package dev.parley.notifications;

import static dev.parley.notifications.Drafts.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.DomainKit;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Notification;
import dev.parley.protocol.Rejection;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class DraftRulesTest {
  @Test
  void administratorsAndTheServerMay() {
    Notification draft = Drafts.to(ALL, "Hello");
    assertThat(DraftRules.refuse(Caller.SERVER, draft)).isEmpty();
    assertThat(DraftRules.refuse(DomainKit.admin("root"), draft)).isEmpty();
    assertThat(DraftRules.refuse(DomainKit.user("ann"), draft).map(Rejection::code))
        .contains(ErrorCode.PERMISSION_DENIED);
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of("title", draft("", "m", "system", Optional.empty(), "")),
        Arguments.of("title", draft("x".repeat(257), "m", "system", Optional.empty(), "")),
        Arguments.of("message", draft("t", "x".repeat(4_097), "system", Optional.empty(), "")),
        Arguments.of("category", draft("t", "m", " ", Optional.empty(), "")),
        Arguments.of("category", draft("t", "m", "x".repeat(65), Optional.empty(), "")),
        Arguments.of("module_name", draft("t", "m", "system", Optional.of(""), "")),
        Arguments.of("data", draft("t", "m", "system", Optional.empty(), "x".repeat(16_384))),
        Arguments.of("role", Drafts.to(Drafts.role(""), "t")),
        Arguments.of("role", Drafts.to(Drafts.role("x".repeat(129)), "t")));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatDoesNotFitIsRefused(String field, Notification draft) {
    Optional<Rejection> refused = DraftRules.refuse(Caller.SERVER, draft);
    assertThat(refused.flatMap(Rejection::field)).contains(field);
    assertThat(refused.map(Rejection::code)).contains(ErrorCode.VALIDATION_FAILED);
  }

  @Test
  void theLargestThatFits() {
    Notification draft =
        draft(
            "x".repeat(256),
            "x".repeat(4_096),
            "x".repeat(64),
            Optional.of("m"),
            "x".repeat(16_000));
    assertThat(DraftRules.refuse(Caller.SERVER, draft)).isEmpty();
  }

  private static Notification draft(
      String title, String message, String category, Optional<String> module, String data) {
    return Drafts.of(ALL, title, message, category, module, new JsonObject().put("d", data));
  }
}
