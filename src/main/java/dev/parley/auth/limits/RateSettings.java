package dev.parley.auth.limits;

import dev.parley.config.Config;
import dev.parley.config.DialectConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The rates of a node (`connection.md`, Limits).
///
/// @param frames of a user in one dialect, by the dialect's name
/// @param chat of a user's chat messages, by the dialect's name; not named: only `frames` holds
/// @param framesOfAddress of all users at one address together; empty: not limited
/// @param requests of a user, to REST
/// @param failures of authentication, at one address
/// @param upgrades to WebSocket, at the node
public record RateSettings(
    Map<String, RatePolicy> frames,
    Map<String, RatePolicy> chat,
    Optional<RatePolicy> framesOfAddress,
    RatePolicy requests,
    Quota failures,
    Quota upgrades) {
  public RateSettings {
    frames = Map.copyOf(frames);
    chat = Map.copyOf(chat);
  }

  public static RateSettings of(Config config) {
    var limits = config.limits();
    var dialects = config.dialects();
    return new RateSettings(
        Map.of(
            "native", frames(dialects.native_()),
            "connect", frames(dialects.connect()),
            "workspace", frames(dialects.workspace()),
            "aether", frames(dialects.aether()),
            "nexus", frames(dialects.nexus())),
        Map.of("connect", RatePolicy.of(Quota.perMinute(limits.chatMessages()))),
        Optional.of(limits.messagesPerIp())
            .filter(limit -> limit > 0)
            .map(limit -> RatePolicy.of(Quota.perMinute(limit))),
        RatePolicy.of(Quota.perMinute(limits.restRequests())),
        Quota.perMinute(limits.failedAuthentications()),
        Quota.perSecond(config.ws().acceptRate()));
  }

  private static RatePolicy frames(DialectConfig.Workspace dialect) {
    RatePolicy both =
        RatePolicy.of(
            new Quota(dialect.messages(), dialect.window()),
            Quota.perHour(dialect.messagesPerHour()));
    return dialect.blockMinutes() > 0
        ? both.blocking(Duration.ofMinutes(dialect.blockMinutes()))
        : both;
  }

  private static RatePolicy frames(DialectConfig dialect) {
    return RatePolicy.of(new Quota(dialect.messages(), dialect.window()));
  }
}
