package dev.parley.config;

import java.time.Duration;
import java.util.List;

/// Who may enter which room, and how large rooms are told about.
///
/// @param rules pattern: who may enter; the first pattern that fits counts. Who: `authenticated`,
///   `granted`, `self` (the user at `{user}`), `pair` (the users at `{a}` and `{b}`),
///   `role:<name>`, several separated by commas, or `deny`
/// @param otherwise who may enter a room that fits no pattern; production may want `deny`
/// @param authorizeTimeout how long an application that decides itself may take; then: denied
/// @param authorizeCache how long its answer is used again
/// @param batchAbove members above which joins, leaves and presence are told in batches
/// @param batchInterval how often such a batch is told
public record RoomsConfig(
    @Setting(RoomsConfig.RULES) List<RoomRule> rules,
    @Setting("authenticated") List<Admission> otherwise,
    @Setting("2s") Duration authorizeTimeout,
    @Setting("30s") Duration authorizeCache,
    @Setting("200") int batchAbove,
    @Setting("1s") Duration batchInterval) {

  static final String RULES =
      """
      admin: role:admin;\
      system_monitoring: authenticated;\
      background_jobs: authenticated;\
      all_document_updates: role:admin;\
      document_updates_{user}: self, role:admin;\
      order_{id}: granted, role:admin;\
      quote_{id}: granted, role:admin;\
      user_{a}_{b}: pair;\
      support_{ticket}: granted, role:support, role:admin;\
      channel_{name}: authenticated\
      """;

  public RoomsConfig {
    rules = List.copyOf(rules);
    otherwise = List.copyOf(otherwise);
    Ensure.that(
        "rooms.otherwise",
        !otherwise.contains(new Admission.Self()) && !otherwise.contains(new Admission.Pair()),
        "authenticated, granted, role:<name> or deny");
    Ensure.between(
        "rooms.authorize_timeout", authorizeTimeout, Duration.ofMillis(10), Duration.ofMinutes(1));
    Ensure.between("rooms.authorize_cache", authorizeCache, Duration.ZERO, Duration.ofHours(1));
    Ensure.between("rooms.batch_above", batchAbove, 1, 1_000_000);
    Ensure.between(
        "rooms.batch_interval", batchInterval, Duration.ofMillis(50), Duration.ofMinutes(1));
  }
}
