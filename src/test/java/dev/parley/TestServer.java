package dev.parley;

import dev.parley.api.Parley;
import dev.parley.config.Config;
import dev.parley.faults.BuggyStore;
import dev.parley.faults.BusFaults;
import dev.parley.faults.PlantedBug;
import dev.parley.kit.Starter;
import dev.parley.store.Store;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A server in a process of its own, to be hurt. Prints `LISTENING <port>`; SIGTERM drains it.
///
/// Arguments: settings as `key=value`; `bug=<name>` plants a bug. Its input tells it another bug
/// (`bug <name>`) or which faults its bus has ([BusFaults#obey]).
public final class TestServer {
  /// Printed when a line of its input was obeyed.
  public static final String OBEYED = "OBEYED";

  private final BusFaults faults = new BusFaults();
  private PlantedBug bug = PlantedBug.NONE;
  private Optional<BuggyStore> store = Optional.empty();
  private Optional<Parley> parley = Optional.empty();

  private TestServer() {}

  public static void main(String[] args) throws IOException {
    TestServer server = new TestServer();
    Config config = server.read(args);
    Node.start(config, server::plant).onComplete(server::onStarted, TestServer::fail);
    Starter.obey(server::obey);
  }

  private Config read(String... args) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "http.port", "0",
                "node.event_loops", "2",
                "auth.secret", TestTokens.SECRET,
                "dialects.native.messages", "1000000000"));
    for (String arg : args) {
      String[] setting = arg.split("=", 2);
      if (setting[0].equals("bug")) {
        bug = PlantedBug.valueOf(setting[1]);
      } else {
        settings.addAll(List.of(setting));
      }
    }
    return Config.of(settings.toArray(String[]::new));
  }

  private synchronized Store plant(Store real) {
    BuggyStore buggy = new BuggyStore(real, bug);
    store = Optional.of(buggy);
    return buggy;
  }

  private synchronized void keep(Parley face) {
    parley = Optional.of(face);
  }

  private synchronized void obey(String command) {
    if (command.startsWith("bug ")) {
      store.orElseThrow().setBug(PlantedBug.valueOf(command.substring(4)));
    } else if (command.startsWith("direct ")) {
      sendDirect(command.split(" ", 3));
    } else {
      faults.obey(command);
    }
    System.out.println(OBEYED);
  }

  /// `direct <user> <key>`; obeyed when it is kept.
  private void sendDirect(String... words) {
    JsonObject message = new JsonObject().put("type", "direct").put("key", words[2]);
    Boolean _ = Await.result(parley.orElseThrow().sendOrQueue(words[1], message));
  }

  private void onStarted(Node node) {
    keep(Parley.on(node.vertx()));
    faults.install(node.vertx());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(node)));
    System.out.println("LISTENING " + node.port());
  }

  private static void drain(Node node) {
    try {
      Void _ = node.stop().await(20, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      System.out.println("NOT DRAINED");
    }
  }

  private static void fail(Throwable failure) {
    System.out.println("FAILED " + failure.getMessage());
    Runtime.getRuntime().halt(2);
  }
}
