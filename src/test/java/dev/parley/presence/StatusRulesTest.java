package dev.parley.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.PresenceCommand.SetPresence;
import dev.parley.protocol.PresenceStatus;
import dev.parley.protocol.Rejection;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StatusRulesTest {
  @ParameterizedTest
  @EnumSource(names = "OFFLINE", mode = EnumSource.Mode.EXCLUDE)
  void everyStatusButOfflineMayBeSet(PresenceStatus status) {
    assertThat(StatusRules.refuse(said(status, "x".repeat(256), "y".repeat(256)))).isEmpty();
  }

  @Test
  void offlineAndLongTextsAreRefused() {
    assertField(said(PresenceStatus.OFFLINE, "", ""), "status");
    assertField(said(PresenceStatus.AWAY, "x".repeat(257), ""), "status_message");
    assertField(said(PresenceStatus.AWAY, "", "y".repeat(257)), "location");
  }

  private static void assertField(SetPresence said, String field) {
    assertThat(StatusRules.refuse(said).flatMap(Rejection::field)).contains(field);
  }

  private static SetPresence said(PresenceStatus status, String message, String location) {
    return new SetPresence(status, Optional.of(message), Optional.of(location));
  }
}
