package dev.parley.config;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every default, pinned: changing one is a change that users must be told of.
final class ConfigTest {
  private static final String DEFAULTS =
      """
      mode = development
      node.event_loops = 0
      http.host = 127.0.0.1
      http.port = 8000
      http.allowed_origins =
      http.trusted_proxies =
      http.backlog = 4096
      http.handshake_timeout = 10s
      http.max_header_bytes = 16KiB
      http.max_body_bytes = 1MiB
      http.tls.certificate =
      http.tls.key =
      http.tls.check_interval = 30s
      ws.transport = lean
      ws.ping_interval = 25s
      ws.ping_timeout = 60s
      ws.accept_rate = 1000
      ws.max_connections = 200000
      ws.max_message_bytes = 64KiB
      ws.max_binary_message_bytes = 1MiB
      ws.max_unauthenticated_bytes = 16KiB
      ws.json_depth = 32
      ws.json_number_digits = 100
      ws.compression = true
      ws.compress_from_bytes = 1KiB
      ws.ephemeral_flush = 25ms
      limits.connections_per_ip = 10
      limits.messages_per_ip = 0
      limits.rest_requests = 600
      limits.chat_messages = 60
      limits.ephemeral = 50
      limits.rooms_per_connection = 500
      limits.failed_authentications = 20
      limits.bad_messages = 100
      limits.unanswered_commands = 64
      limits.unsent_bytes = 1MiB
      limits.replay_bytes = 256KiB
      limits.probe = 2s
      limits.cleanup_interval = 300s
      dialects.native.messages = 600
      dialects.native.window = 60s
      dialects.native.connections_per_user = 20
      dialects.connect.messages = 100
      dialects.connect.window = 60s
      dialects.connect.connections_per_user = 20
      dialects.connect.idle_timeout = 1800s
      dialects.workspace.messages = 60
      dialects.workspace.window = 60s
      dialects.workspace.messages_per_hour = 1000
      dialects.workspace.block_minutes = 15
      dialects.workspace.connections_per_user = 20
      dialects.aether.messages = 600
      dialects.aether.window = 60s
      dialects.aether.connections_per_user = 20
      dialects.nexus.messages = 600
      dialects.nexus.window = 60s
      dialects.nexus.connections_per_user = 5
      dialects.nexus.ping_interval = 30s
      dialects.nexus.ping_timeout = 60s
      auth.public_key =
      auth.jwks_url =
      auth.algorithm = HS256
      auth.issuer =
      auth.audience =
      auth.leeway = 30s
      auth.timeout = 10s
      auth.token_grace = 30s
      auth.expiry_notice = 60s
      auth.jwks_refresh = 10m
      rooms.rules = admin: role:admin;\
      system_monitoring: authenticated;\
      background_jobs: authenticated;\
      all_document_updates: role:admin;\
      document_updates_{user}: self, role:admin;\
      order_{id}: granted, role:admin;\
      quote_{id}: granted, role:admin;\
      user_{a}_{b}: pair;\
      support_{ticket}: granted, role:support, role:admin;\
      channel_{name}: authenticated
      rooms.otherwise = authenticated
      rooms.authorize_timeout = 2s
      rooms.authorize_cache = 30s
      rooms.batch_above = 200
      rooms.batch_interval = 1s
      presence.offline_grace = 5s
      chat.typing_timeout = 6s
      chat.history_page = 200
      chat.read_batch_above = 50
      chat.read_batch_interval = 1s
      chat.cache = 1000
      jobs.keep = 24h
      queue.max_size = 100
      queue.max_bytes = 8MiB
      queue.lease = 10s
      queue.confirm_interval = 5s
      queue.mark_interval = 25s
      store.directory = data
      store.queue_bytes = 64MiB
      store.batch_rows = 1024
      store.readers = 2
      store.retry = 5s
      store.keys_kept = 24h
      store.messages.keep = 365d
      store.notifications.keep = 90d
      store.redis.url =
      store.redis.host =
      store.redis.port = 6379
      store.redis.sentinels =
      store.redis.master = mymaster
      store.redis.user =
      store.redis.password =
      store.redis.sentinel_password =
      store.redis.database = 0
      store.redis.prefix = parley
      store.redis.ack = master
      store.redis.replica_timeout = 1s
      store.redis.timeout = 2s
      store.redis.in_flight = 1024
      store.redis.changes_kept = 60s
      store.redis.tls.enabled = false
      store.redis.tls.ca =
      store.redis.tls.certificate =
      store.redis.tls.key =
      cluster.enabled = false
      cluster.host = 127.0.0.1
      cluster.port = 5701
      cluster.bus_port = 0
      cluster.members =
      cluster.secret =
      cluster.dead_after = 5s
      cluster.rows_interval = 50ms
      cluster.link_bytes = 8MiB
      cluster.tls.certificate =
      cluster.tls.key =
      cluster.tls.authority =
      feed.poll_interval = 1s
      feed.gap_hold = 20ms
      feed.tail = 64
      feed.catch_ups = 64
      feed.resume_events = 10000
      feed.resume_bytes = 8MiB
      bus.request_timeout = 5s
      drain.delay = 5s
      drain.window = 10s
      drain.timeout = 5s
      log.level = info
      log.format = text
      metrics.enabled = true
      metrics.interval = 5s
      admin.allowed_ips =
      demo.dummy_data = false\
      """;

  private static final String PRODUCTION_DEFAULTS =
      """
      http.host = 0.0.0.0
      limits.messages_per_ip = 1200
      log.format = json\
      """;

  @Test
  void everyDefaultIsPinned() {
    assertThat(settings().filter(s -> s.source().equals(Given.DEFAULT)).map(ConfigTest::line))
        .containsExactlyElementsOf(DEFAULTS.lines().toList());
  }

  @Test
  void productionDiffersOnlyInTheseDefaults() {
    var development = settings().map(ConfigTest::line).toList();
    var differing =
        settings("--mode=production", "--auth.secret=" + "k".repeat(32))
            .filter(s -> s.source().equals(Given.DEFAULT))
            .map(ConfigTest::line)
            .filter(line -> !development.contains(line))
            .collect(joining("\n"));

    assertThat(differing).isEqualTo(PRODUCTION_DEFAULTS);
  }

  @Test
  void nameAndKeyAreRandomForEachStart() {
    assertThat(settings().filter(s -> !s.source().equals(Given.DEFAULT)))
        .extracting(ConfigResult.Effective::key)
        .containsExactly("node.id", "auth.secret");
  }

  @Test
  void environmentNamesAreUnique() {
    assertThat(Key.ALL.stream().flatMap(Key::environmentNames)).doesNotHaveDuplicates();
  }

  @Test
  void sectionsAreImmutableRecords() {
    assertThat(Key.ALL).allMatch(key -> key.component().getDeclaringRecord().isRecord());
    assertThat(Stream.of(Config.class.getRecordComponents()).skip(1))
        .extracting(RecordComponent::getType)
        .allMatch(Class::isRecord);
  }

  @Test
  void eventLoopsAreOnePerProcessorUnlessSet() {
    assertThat(Config.defaults().node().eventLoopCount())
        .isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(Config.of("node.event_loops", "3").node().eventLoopCount()).isEqualTo(3);
  }

  private static String line(ConfigResult.Effective setting) {
    return (setting.key() + " = " + setting.value()).strip();
  }

  private static Stream<ConfigResult.Effective> settings(String... arguments) {
    var loader = new ConfigLoader(Map.of(), TextFiles.DISK);
    return switch (loader.load(List.of(arguments))) {
      case ConfigResult.Loaded loaded -> loaded.settings().stream();
      case ConfigResult.Refused(var line) -> throw new AssertionError(line);
    };
  }
}
