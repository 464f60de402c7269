package dev.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.Config;
import dev.parley.config.LogConfig;
import dev.parley.config.LogFormat;
import dev.parley.config.LogLevel;
import dev.parley.config.Secret;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CliTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<Config> started = new ArrayList<>();
  private final List<LogConfig> logging = new ArrayList<>();
  private final List<Runnable> atExit = new ArrayList<>();
  private boolean drained;

  @TempDir Path directory;

  @Test
  void helpNamesEveryCommand() {
    assertThat(run("--help")).isEqualTo(ExitCode.OK);
    assertThat(out())
        .contains(
            "serve",
            "check",
            "token",
            "backup",
            "bench",
            "version",
            "--conf",
            "docs/configuration.md");
    assertThat(err()).isEmpty();
    assertThat(started).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "check", "token", "backup", "version"})
  void everyCommandExplainsItself(String command) {
    assertThat(run(command, "--help")).isEqualTo(ExitCode.OK);
    assertThat(out()).startsWith("parley " + command + ": ");
    assertThat(started).isEmpty();
  }

  @Test
  void unknownCommandIsRefused() {
    assertThat(run("sevre")).isEqualTo(ExitCode.REFUSED);
    assertThat(err()).isEqualTo("parley: there is no command sevre; try --help\n");
  }

  @Test
  void versionIsThatOfTheBuild() {
    assertThat(run("version")).isEqualTo(ExitCode.OK);
    assertThat(out()).matches("parley \\d+\\.\\d+\\.\\d+\\S* \\(Java .*\\)\n");
  }

  @Test
  void checkPrintsWhatCountsWithoutSecrets() {
    assertThat(run("check", "--http.port=9", "--auth.secret=hunter2")).isEqualTo(ExitCode.OK);
    assertThat(out()).contains("http.port", "9   (command line)").doesNotContain("hunter2");
    assertThat(err()).contains("auth.secret has fewer than 32 bytes");
  }

  @Test
  void refusedConfigurationIsOneLineAndCodeTwo() {
    for (var command : List.of("check", "serve")) {
      err.reset();
      assertThat(run(command, "--http.prot=9")).isEqualTo(ExitCode.REFUSED);
      assertThat(err()).hasLineCount(1).contains("http.prot = 9 (command line)", "http.port");
      assertThat(out()).isEmpty();
      assertThat(started).isEmpty();
    }
  }

  @Test
  void noCommandMeansServe() {
    assertThat(run("--http.port=9", "--store.directory=" + directory)).isEqualTo(ExitCode.OK);
    assertThat(started).extracting(config -> config.http().port()).containsExactly(9);
  }

  @Test
  void serveLeavesTheKeyThatItMadeUpForItsOwnerOnly() throws Exception {
    assertThat(run("serve", "--store.directory=" + directory)).isEqualTo(ExitCode.OK);

    var file = directory.resolve("development.key");
    assertThat(Files.readString(file))
        .isEqualTo(started.getFirst().auth().secret().orElseThrow().value());
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
  }

  @Test
  void serverDrainsAtTheEndAndTakesItsKeyAway() {
    assertThat(run("serve", "--store.directory=" + directory)).isEqualTo(ExitCode.OK);
    assertThat(drained).isFalse();

    atExit.forEach(Runnable::run);

    assertThat(drained).isTrue();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void loggingIsSetUpBeforeTheServerStarts() {
    run("serve", "--log.format=json", "--store.directory=" + directory);

    assertThat(logging).containsExactly(new LogConfig(LogLevel.INFO, LogFormat.JSON));
  }

  @Test
  void serveLeavesNoKeyThatItWasGiven() {
    assertThat(run("serve", "--auth.secret=given", "--store.directory=" + directory))
        .isEqualTo(ExitCode.OK);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void serverThatDoesNotStartIsOneLineAndCodeOne() {
    var cause = new IllegalStateException(new BindException("Address already in use"));

    assertThat(runFailing(cause)).isEqualTo(ExitCode.FAILED);
    assertThat(err())
        .isEqualTo(
            "parley: the server did not start: Address already in use: http://127.0.0.1:8000\n");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void checkedFailuresOfTheStartAreOneLineToo() {
    assertThat(runFailing(new UnknownHostException("x"))).isEqualTo(ExitCode.FAILED);
    assertThat(runFailing(new IOException())).isEqualTo(ExitCode.FAILED);
    assertThat(err()).hasLineCount(2).contains("http.host = 127.0.0.1", "IOException");
  }

  @Test
  void tokenCarriesWhatWasAsked() {
    assertThat(
            run(
                "token",
                "--user=u1",
                "--role=admin",
                "--role",
                "support",
                "--room=order_1",
                "--expires=90s",
                "--auth.secret=" + "k".repeat(32)))
        .isEqualTo(ExitCode.OK);

    var claims = claims(out().strip());
    assertThat(claims.getString("sub")).isEqualTo("u1");
    assertThat(claims.getJsonArray("roles")).containsExactly("admin", "support");
    assertThat(claims.getJsonArray("rooms")).containsExactly("order_1");
    assertThat(claims.getLong("exp") - claims.getLong("iat")).isEqualTo(90);
  }

  @Test
  void tokenIsSignedWithTheKeyThatARunningServerMadeUp() throws Exception {
    assertThat(run("serve", "--store.directory=" + directory)).isEqualTo(ExitCode.OK);
    assertThat(run("token", "--user=u1", "--store.directory=" + directory)).isEqualTo(ExitCode.OK);

    var madeUp = started.getFirst().auth();
    assertThat(verify(out().strip(), madeUp.secret().orElseThrow())).isTrue();
  }

  @Test
  void tokenWithoutAnyKeySaysWhereToGetOne() {
    assertThat(run("token", "--user=u1", "--store.directory=" + directory))
        .isEqualTo(ExitCode.FAILED);
    assertThat(err()).contains("JWT_SECRET_KEY", "development.key").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--user=", "--user=a/b", "--user=a --expires=0", "--user"})
  void tokenForNobodyOrForNoTimeIsRefused(String options) {
    var words = Stream.of(("token " + options).split(" ", -1)).filter(w -> !w.isEmpty());

    assertThat(run(words.toArray(String[]::new))).isEqualTo(ExitCode.REFUSED);
    assertThat(err()).startsWith("parley: --").hasLineCount(1);
    assertThat(out()).isEmpty();
  }

  @Test
  void backupNeedsATargetAndAStore() {
    assertThat(run("backup")).isEqualTo(ExitCode.REFUSED);
    assertThat(
            run("backup", directory.resolve("copy").toString(), "--store.directory=" + directory))
        .isEqualTo(ExitCode.FAILED);
    assertThat(err()).hasLineCount(2);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void backupOfARedisIsLeftToRedis() {
    String target = directory.resolve("copy").toString();
    assertThat(run("backup", target, "--store.redis.host=db")).isEqualTo(ExitCode.FAILED);
    assertThat(err()).contains("copied by Redis itself").hasLineCount(1);
  }

  private static JsonObject claims(String token) {
    var payload = token.substring(token.indexOf('.') + 1, token.lastIndexOf('.'));
    return new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(payload)));
  }

  private static boolean verify(String token, Secret secret) throws GeneralSecurityException {
    int dot = token.lastIndexOf('.');
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.value().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    var expected = mac.doFinal(token.substring(0, dot).getBytes(StandardCharsets.UTF_8));
    return Arrays.equals(expected, Base64.getUrlDecoder().decode(token.substring(dot + 1)));
  }

  private int run(String... words) {
    return new Cli(terminal(), this::start).run(List.of(words));
  }

  private Future<Server.Running> start(Config config) {
    started.add(config);
    return Future.succeededFuture(new FakeServer());
  }

  private final class FakeServer implements Server.Running {
    @Override
    public int port() {
      return 4711;
    }

    @Override
    public Future<Void> drain() {
      drained = true;
      return Future.succeededFuture();
    }
  }

  private int runFailing(Exception cause) {
    var cli = new Cli(terminal(), _ -> Future.failedFuture(cause));
    return cli.run(List.of("serve", "--store.directory=" + directory));
  }

  private Terminal terminal() {
    return new Terminal(
        print(out), print(err), Map.of(), Files::readString, logging::add, atExit::add);
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
