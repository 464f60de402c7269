package dev.parley.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A headless Chromium with an empty profile of its own. It reaches nothing but this machine.
final class Chromium implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final List<String> NAMES =
      List.of(
          "chromium-headless-shell",
          "chromium",
          "chromium-browser",
          "google-chrome",
          "google-chrome-stable");
  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
          "--remote-debugging-port=0",
          "--lang=en-US");
  private static final Pattern ADDRESS = Pattern.compile("DevTools listening on (ws://\\S+)");

  /// Runs a command until its input ends: so Chromium goes with the tests, even with killed ones.
  private static final String END_WITH_US = "\"$@\" & exec 2>&-; read -r _; kill $!; wait";

  private final Process process;
  private final Path profile;
  private final DevTools tools;

  private Chromium(Process process, Path profile, DevTools tools) {
    this.process = process;
    this.profile = profile;
    this.tools = tools;
  }

  /// Starts one. Tests that do so are `@ExtendWith(NeedsChromium.class)`.
  static Chromium start() {
    Path executable =
        find().orElseThrow(() -> new IllegalStateException("Chromium is not installed"));
    try {
      return start(executable);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Optional<Path> find() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Chromium start(Path executable) throws IOException {
    Path profile = Files.createTempDirectory("parley-chromium");
    var command = new ArrayList<String>();
    command.addAll(List.of("sh", "-c", END_WITH_US, "sh", executable.toString()));
    command.addAll(FLAGS);
    command.add("--user-data-dir=" + profile);
    Process process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy)); // if tests are interrupted
    try {
      return new Chromium(process, profile, new DevTools(addressOf(process)));
    } catch (RuntimeException e) {
      process.destroyForcibly();
      delete(profile);
      throw e;
    }
  }

  /// Chromium says where it listens on its error stream, which is read on to its end.
  private static URI addressOf(Process process) {
    var address = new CompletableFuture<URI>();
    Thread.ofVirtual().start(() -> readErrors(process, address));
    return address.orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS).join();
  }

  private static void readErrors(Process process, CompletableFuture<URI> address) {
    try (BufferedReader lines = process.errorReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher matcher = ADDRESS.matcher(line);
        if (matcher.find()) {
          address.complete(URI.create(matcher.group(1)));
        }
      }
    } catch (IOException e) {
      address.completeExceptionally(e);
    }
    address.completeExceptionally(new IOException("Chromium ended before it listened"));
  }

  /// A page that shares nothing with others: no storage, no cache, no connections.
  Tab open() {
    String context =
        tools
            .call("Target.createBrowserContext", new JsonObject(), DEADLINE)
            .getString("browserContextId");
    return new Tab(tools, context, DEADLINE);
  }

  @Override
  public void close() {
    tools.close();
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    delete(profile);
  }

  /// What the last of its processes still holds stays in the temporary directory.
  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      System.err.println("left behind: " + directory);
    }
  }
}
