package dev.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.Config;
import dev.parley.config.LogConfig;
import dev.parley.config.LogFormat;
import dev.parley.config.LogLevel;
import io.vertx.core.Future;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    assertThat(out()).contains("serve", "check", "version", "--conf", "docs/configuration.md");
    assertThat(err()).isEmpty();
    assertThat(started).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "check", "version"})
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
    var cli = new Cli(terminal(), _ -> Future.failedFuture(cause));

    assertThat(cli.run(List.of("serve", "--store.directory=" + directory)))
        .isEqualTo(ExitCode.FAILED);
    assertThat(err()).isEqualTo("parley: the server did not start: Address already in use\n");
    assertThat(directory).isEmptyDirectory();
  }

  private int run(String... words) {
    return new Cli(terminal(), this::start).run(List.of(words));
  }

  private Future<Server.Running> start(Config config) {
    started.add(config);
    return Future.succeededFuture(this::drain);
  }

  private Future<Void> drain() {
    drained = true;
    return Future.succeededFuture();
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
