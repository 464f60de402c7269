package dev.parley.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ConfigLoaderTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";

  @Test
  void commandLineBeatsEnvironmentBeatsFileBeatsDefault() {
    var file = "http:\n  port: 1\n  host: file\n  backlog: 7\n";
    var environment = Map.of("PARLEY_HTTP_PORT", "2", "HOST", "env");
    var config =
        loaded(environment, Map.of("p.yaml", file), "--conf", "p.yaml", "--http.port=3").config();

    assertThat(config.http().port()).isEqualTo(3);
    assertThat(config.http().host()).isEqualTo("env");
    assertThat(config.http().backlog()).isEqualTo(7);
    assertThat(config.http().maxBodyBytes()).isEqualTo(1 << 20);
  }

  @Test
  void parleyNamesBeatOlderNames() {
    var config = loaded(Map.of("PORT", "1", "PARLEY_HTTP_PORT", "2"), Map.of()).config();

    assertThat(config.http().port()).isEqualTo(2);
  }

  @Test
  void olderNamesSetTheirKeys() {
    var config =
        loaded(
                Map.ofEntries(
                    Map.entry("WS_MAX_MESSAGES", "7"),
                    Map.entry("WS_RATE_WINDOW", "8"),
                    Map.entry("WS_CLEANUP_INTERVAL", "9"),
                    Map.entry("JWT_SECRET_KEY", KEY),
                    Map.entry("WEBSOCKET_PING_INTERVAL", "10"),
                    Map.entry("WEBSOCKET_PING_TIMEOUT", "11"),
                    Map.entry("WEBSOCKET_HEARTBEAT", "12"),
                    Map.entry("WEBSOCKET_HEARTBEAT_TIMEOUT", "13"),
                    Map.entry("MAX_CONNECTIONS_PER_USER", "14"),
                    Map.entry("WEBSOCKET_MAX_CONNECTIONS_PER_IP", "15"),
                    Map.entry("WEBSOCKET_MESSAGE_RATE_LIMIT", "16"),
                    Map.entry("WEBSOCKET_CONNECTION_TIMEOUT", "0"),
                    Map.entry("MAX_CACHE_SIZE", "17"),
                    Map.entry("WEBSOCKET_REQUESTS_PER_MINUTE", "19"),
                    Map.entry("WEBSOCKET_REQUESTS_PER_HOUR", "20"),
                    Map.entry("WEBSOCKET_BLOCK_DURATION_MINUTES", "21"),
                    Map.entry("LOG_LEVEL", "WARNING"),
                    Map.entry("DEBUG", "true"),
                    Map.entry("HOST", "::1"),
                    Map.entry("PORT", "18")),
                Map.of())
            .config();

    assertThat(config.dialects().connect().messages()).isEqualTo(7);
    assertThat(config.dialects().connect().window()).isEqualTo(Duration.ofSeconds(8));
    assertThat(config.limits().cleanupInterval()).isEqualTo(Duration.ofSeconds(9));
    assertThat(config.auth().secret()).contains(new Secret(KEY));
    assertThat(config.ws().pingInterval()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.ws().pingTimeout()).isEqualTo(Duration.ofSeconds(11));
    assertThat(config.dialects().nexus().pingInterval()).isEqualTo(Duration.ofSeconds(12));
    assertThat(config.dialects().nexus().pingTimeout()).isEqualTo(Duration.ofSeconds(13));
    assertThat(config.dialects().nexus().connectionsPerUser()).isEqualTo(14);
    assertThat(config.limits().connectionsPerIp()).isEqualTo(15);
    assertThat(config.limits().chatMessages()).isEqualTo(16);
    assertThat(config.dialects().connect().idleTimeout()).isZero();
    assertThat(config.chat().cache()).isEqualTo(17);
    assertThat(config.dialects().workspace().messages()).isEqualTo(19);
    assertThat(config.dialects().workspace().messagesPerHour()).isEqualTo(20);
    assertThat(config.dialects().workspace().blockMinutes()).isEqualTo(21);
    assertThat(config.log().level()).isEqualTo(LogLevel.WARN);
    assertThat(config.http().host()).isEqualTo("::1");
    assertThat(config.http().port()).isEqualTo(18);
  }

  @Test
  void debugIsALevelUnlessItIsFalse() {
    assertThat(loaded(Map.of("DEBUG", "true"), Map.of()).config().log().level())
        .isEqualTo(LogLevel.DEBUG);
    assertThat(loaded(Map.of("DEBUG", "false"), Map.of()).config().log().level())
        .isEqualTo(LogLevel.INFO);
  }

  @Test
  void emptyEnvironmentNamesCountAsNotSet() {
    assertThat(loaded(Map.of("PORT", " "), Map.of()).config().http().port()).isEqualTo(8000);
  }

  @Test
  void unknownKeyInTheFileIsRefusedWithItsLineAndTheNearestKey() {
    var message =
        refused(Map.of(), Map.of("p.yaml", "ws:\n  ping_intervall: 5\n"), "--conf=p.yaml");

    assertThat(message)
        .isEqualTo(
            "ws.ping_intervall = 5 (p.yaml line 2) is refused: there is no such key. Nearest:"
                + " ws.ping_interval or ws.ping_timeout. All: docs/configuration.md");
  }

  @Test
  void unknownKeyOnTheCommandLineIsRefused() {
    assertThat(refused(Map.of(), Map.of(), "--http.prt=1"))
        .startsWith(
            "http.prt = 1 (command line) is refused: there is no such key. Nearest: http.p");
  }

  @Test
  void nearestKeyIsOneOfTheSameSection() {
    assertThat(refused(Map.of(), Map.of(), "--ws.ping=1")).contains("ws.ping_timeout");
  }

  @Test
  void unknownSectionInTheFileIsRefused() {
    assertThat(refused(Map.of(), Map.of("p.yaml", "htpp:\n  port: 1\n"), "--conf=p.yaml"))
        .contains("htpp.port = 1 (p.yaml line 2)", "http.port");
  }

  @Test
  void unknownEnvironmentNameIsAWarning() {
    assertThat(loaded(Map.of("PARLEY_SERVICE_HOST", "x", "PARLEY_A", "y"), Map.of()).warnings())
        .containsExactly(
            "Environment names that are no keys have no effect: PARLEY_A, PARLEY_SERVICE_HOST");
  }

  @Test
  void valueOutOfRangeNamesKeyValueAllowedAndSource() {
    assertThat(refused(Map.of("WEBSOCKET_PING_INTERVAL", "0"), Map.of()))
        .isEqualTo(
            "ws.ping_interval = 0 (environment WEBSOCKET_PING_INTERVAL) is refused: it must be 50ms"
                + " to 1h");
    assertThat(refused(Map.of(), Map.of(), "--http.port", "65536"))
        .isEqualTo("http.port = 65536 (command line) is refused: it must be 0 to 65535");
  }

  @Test
  void valueOfTheWrongKindIsRefused() {
    assertThat(refused(Map.of(), Map.of("p.yaml", "drain: {delay: soon}"), "--conf=p.yaml"))
        .isEqualTo(
            "drain.delay = soon (p.yaml line 1) is refused: it must be a duration such as 500ms,"
                + " 25s, 24h or 365d");
    assertThat(refused(Map.of("PORT", "http"), Map.of())).endsWith("it must be a whole number");
    assertThat(refused(Map.of("PARLEY_MODE", "test"), Map.of()))
        .endsWith("it must be development or production");
    assertThat(refused(Map.of(), Map.of(), "--ws.compression=maybe"))
        .endsWith("it must be true or false");
  }

  @Test
  void defaultThatNoLongerFitsIsNamedAsSuch() {
    assertThat(refused(Map.of(), Map.of(), "--ws.ping_interval=90s"))
        .isEqualTo(
            "ws.ping_timeout = 60s (the default) is refused: it must be more than"
                + " ws.ping_interval");
  }

  @Test
  void optionWithoutValueIsRefused() {
    assertThat(refused(Map.of(), Map.of(), "--http.port")).contains("its value is missing");
    assertThat(refused(Map.of(), Map.of(), "http.port=1")).contains("--section.key=value");
  }

  @Test
  void fileThatCannotBeReadIsRefused() {
    assertThat(refused(Map.of(), Map.of(), "--conf", "none.yaml"))
        .isEqualTo("--conf = none.yaml is refused: it must be a file that can be read");
  }

  @Test
  void fileThatIsNoYamlIsRefusedWithItsLine() {
    assertThat(refused(Map.of(), Map.of("p.yaml", "http:\n  port: [1\n"), "--conf=p.yaml"))
        .startsWith("p.yaml line 3 is no YAML: ");
    assertThat(refused(Map.of(), Map.of("p.yaml", "hello"), "--conf=p.yaml"))
        .contains("must be a YAML mapping");
  }

  @Test
  void keySetTwiceInTheFileIsRefused() {
    var twice = "http:\n  port: 1\n  port: 2\n";

    assertThat(refused(Map.of(), Map.of("p.yaml", twice), "--conf=p.yaml"))
        .contains("http.port", "line 3", "twice");
  }

  @Test
  void sectionsWithoutKeysAndEmptyFilesAreAllowed() {
    assertThat(loaded(Map.of(), Map.of("p.yaml", "ws:\nhttp:\n"), "--conf=p.yaml").warnings())
        .isEmpty();
    assertThat(loaded(Map.of(), Map.of("p.yaml", ""), "--conf=p.yaml").warnings()).isEmpty();
    assertThat(refused(Map.of(), Map.of("p.yaml", "webs:\n"), "--conf=p.yaml")).contains("webs");
  }

  @Test
  void listsAreWrittenWithCommasOrAsYaml() {
    var yaml = "http:\n  trusted_proxies: [10.0.0.0/8, '::1']\n";
    var expected = List.of(cidr("10.0.0.0/8"), cidr("::1/128"));

    assertThat(loaded(Map.of(), Map.of("p.yaml", yaml), "--conf=p.yaml").config().http())
        .extracting(HttpConfig::trustedProxies)
        .isEqualTo(expected);
    assertThat(Config.of("http.trusted_proxies", "10.0.0.0/8, ::1").http().trustedProxies())
        .isEqualTo(expected);
  }

  @Test
  void roomRulesAreAMappingOrALine() {
    var yaml = "rooms:\n  rules:\n    a_{id}: granted, role:x\n    b: deny\n  otherwise: deny\n";
    var expected =
        List.of(
            new RoomRule("a_{id}", List.of(new Admission.Granted(), new Admission.Role("x"))),
            new RoomRule("b", List.of()));

    var rooms = loaded(Map.of(), Map.of("p.yaml", yaml), "--conf=p.yaml").config().rooms();

    assertThat(rooms.rules()).isEqualTo(expected);
    assertThat(rooms.otherwise()).isEmpty();
    assertThat(Config.of("rooms.rules", "a_{id}=granted,role:x; b=deny").rooms().rules())
        .isEqualTo(expected);
  }

  @Test
  void roomRuleThatCannotBeMeantIsRefused() {
    assertThat(refused(Map.of(), Map.of(), "--rooms.rules=a: self"))
        .endsWith("`self` only where the pattern has {user}");
    assertThat(refused(Map.of(), Map.of(), "--rooms.rules=a b: granted"))
        .contains("patterns of a room name's characters");
    assertThat(refused(Map.of(), Map.of(), "--rooms.otherwise=everybody"))
        .contains("authenticated, granted, self, pair, role:<name> or deny");
  }

  @Test
  void secretMayComeFromAFile() {
    var files = Map.of("/run/secrets/key", KEY + "\n");

    assertThat(loaded(Map.of("JWT_SECRET_KEY_FILE", "/run/secrets/key"), files).config().auth())
        .extracting(AuthConfig::secret)
        .isEqualTo(Optional.of(new Secret(KEY)));
    assertThat(loaded(Map.of("PARLEY_AUTH_SECRET_FILE", "/run/secrets/key"), files).config().auth())
        .extracting(AuthConfig::secret)
        .isEqualTo(Optional.of(new Secret(KEY)));
    assertThat(loaded(Map.of(), files, "--auth.secret_file=/run/secrets/key").config().auth())
        .extracting(AuthConfig::secret)
        .isEqualTo(Optional.of(new Secret(KEY)));
  }

  @Test
  void missingSecretFileIsRefused() {
    assertThat(refused(Map.of("SECRET_KEY_FILE", "/none"), Map.of()))
        .isEqualTo(
            "auth.secret_file (environment SECRET_KEY_FILE) = /none is refused: it must be a file"
                + " that can be read");
  }

  @Test
  void secretsAreNeverShown() {
    var loaded = loaded(Map.of("SECRET_KEY", KEY), Map.of());

    assertThat(loaded.effective()).doesNotContain(KEY).contains("auth.secret", Secret.MASK);
    assertThat(loaded.toString()).doesNotContain(KEY);
    assertThat(refused(Map.of("SECRET_KEY", "hunter2", "PARLEY_MODE", "production"), Map.of()))
        .doesNotContain("hunter2");
  }

  @Test
  void productionNeedsAStrongKey() {
    assertThat(refused(Map.of("PARLEY_MODE", "production"), Map.of()))
        .isEqualTo(
            "auth.secret = nothing (the default) is refused: it must be in production a key of at"
                + " least 32 bytes, or auth.public_key, or auth.jwks_url");
    assertThat(refused(Map.of("SECRET_KEY", "short", "PARLEY_MODE", "production"), Map.of()))
        .contains("environment SECRET_KEY", "32 bytes");
    assertThat(Config.of("mode", "production", "auth.secret", KEY).auth().algorithm())
        .isEqualTo(Algorithm.HS256);
    assertThat(Config.of("mode", "production", "auth.public_key", "k.pem").auth().algorithm())
        .isEqualTo(Algorithm.RS256);
  }

  @Test
  void productionHasDefaultsOfItsOwn() {
    var config = Config.of("mode", "production", "auth.secret", KEY);

    assertThat(config.http().host()).isEqualTo("0.0.0.0");
    assertThat(config.limits().messagesPerIp()).isEqualTo(1200);
    assertThat(config.log().format()).isEqualTo(LogFormat.JSON);
  }

  @Test
  void developmentMakesUpAKeyForEachStart() {
    var first = Config.defaults().auth().secret().orElseThrow();
    var second = Config.defaults().auth().secret().orElseThrow();

    assertThat(first.bytes()).isGreaterThanOrEqualTo(32);
    assertThat(first.value()).isNotEqualTo(second.value());
  }

  @Test
  void developmentWithAShortKeyIsWarned() {
    assertThat(loaded(Map.of("SECRET_KEY", "short"), Map.of()).warnings())
        .containsExactly("auth.secret has fewer than 32 bytes: good enough for development only");
  }

  @Test
  void algorithmMustFitTheKey() {
    assertThat(refused(Map.of("SECRET_KEY", KEY), Map.of(), "--auth.algorithm=RS256"))
        .contains("auth.algorithm = RS256", "HS256 with auth.secret");
    assertThat(refused(Map.of(), Map.of(), "--auth.public_key=k", "--auth.algorithm=HS256"))
        .contains("RS256 or ES256");
    assertThat(refused(Map.of("SECRET_KEY", KEY), Map.of(), "--auth.public_key=k"))
        .contains("the only one of");
    assertThat(refused(Map.of(), Map.of(), "--auth.jwks_url=http://keys.example/jwks"))
        .contains("https");
    assertThat(refused(Map.of(), Map.of(), "--auth.jwks_url=http://127.keys.example/jwks"))
        .contains("https");
  }

  @Test
  void publicKeyIsNoSecret() {
    assertThat(refused(Map.of("SECRET_KEY", "-----BEGIN PUBLIC KEY-----"), Map.of()))
        .contains("auth.secret = ********", "auth.public_key");
  }

  @Test
  void anAddressOfRedisTurnsTheSharedStoreOn() {
    assertThat(loaded(Map.of(), Map.of()).config().store().redis().isOn()).isFalse();
    assertThat(loaded(Map.of("REDIS_URL", "redis://:secret@db"), Map.of()).config().store().redis())
        .matches(RedisConfig::isOn);
    var redis =
        loaded(Map.of("REDIS_HOST", "db", "REDIS_PORT", "6380"), Map.of()).config().store().redis();
    assertThat(redis).matches(RedisConfig::isOn);
    assertThat(redis.port()).isEqualTo(6380);
  }

  @Test
  void anAddressOfRedisIsNotShown() {
    assertThat(refused(Map.of("REDIS_URL", "http://:secret@db"), Map.of()))
        .startsWith("store.redis.url = ******** (environment REDIS_URL) is refused: it must be");
    assertThat(refused(Map.of(), Map.of(), "--store.redis.sentinels=one"))
        .contains("a list of host:port");
    assertThat(
            refused(
                Map.of(),
                Map.of(),
                "--store.redis.ack=replica",
                "--store.redis.replica_timeout=2s"))
        .contains("longer than store.redis.replica_timeout");
  }

  @Test
  void databaseUrlIsSaidToBeUnused() {
    assertThat(loaded(Map.of("DATABASE_URL", "postgres://x"), Map.of()).warnings())
        .containsExactly("DATABASE_URL is set but not used: data is kept in store.directory");
  }

  @Test
  void encryptionKeyIsSaidToBeUnused() {
    assertThat(loaded(Map.of("WEBSOCKET_ENCRYPTION_KEY", "k"), Map.of()).warnings())
        .containsExactly(
            "WEBSOCKET_ENCRYPTION_KEY is set but not used: this version stores content as it is");
  }

  @Test
  void effectiveConfigurationFitsOnOneScreen() {
    var effective = loaded(Map.of("PORT", "9"), Map.of()).effective();

    assertThat(effective.lines()).hasSizeLessThan(60).allMatch(line -> line.length() <= 100);
    assertThat(effective).contains("http.port                        9   (environment PORT)");
  }

  @Test
  void configOfThrowsWhatAUserWouldRead() {
    assertThatThrownBy(() -> Config.of("http.port", "-1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("http.port = -1 (command line) is refused: it must be 0 to 65535");
  }

  private static Cidr cidr(String text) {
    return Cidr.parse(text).orElseThrow();
  }

  private static ConfigResult.Loaded loaded(
      Map<String, String> environment, Map<String, String> files, String... arguments) {
    return switch (load(environment, files, arguments)) {
      case ConfigResult.Loaded loaded -> loaded;
      case ConfigResult.Refused(var message) -> throw new AssertionError(message);
    };
  }

  private static String refused(
      Map<String, String> environment, Map<String, String> files, String... arguments) {
    return switch (load(environment, files, arguments)) {
      case ConfigResult.Loaded loaded -> throw new AssertionError(loaded.effective());
      case ConfigResult.Refused(var message) -> message;
    };
  }

  private static ConfigResult load(
      Map<String, String> environment, Map<String, String> files, String... arguments) {
    TextFiles disk = path -> contentOf(files, path);
    return new ConfigLoader(environment, disk).load(List.of(arguments));
  }

  private static String contentOf(Map<String, String> files, Path path) throws IOException {
    var content = files.get(path.toString());
    if (content == null) {
      throw new IOException("no such file");
    }
    return content;
  }
}
