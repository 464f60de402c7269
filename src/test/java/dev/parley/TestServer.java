package dev.parley;

import dev.parley.config.Config;
import dev.parley.faults.BusFaults;
import dev.parley.faults.PlantedBug;
import dev.parley.kit.Starter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A server in a process of its own, to be hurt. Prints `LISTENING <port>`; SIGTERM drains it.
///
/// Arguments: settings as `key=value`; `bug=<name>` plants a bug. Its input tells it which faults
/// its bus has ([BusFaults#obey]).
public final class TestServer {
  private TestServer() {}

  public static void main(String[] args) throws IOException {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "http.port", "0",
                "node.event_loops", "2",
                "auth.secret", TestTokens.SECRET,
                "dialects.native.messages", "1000000000"));
    PlantedBug bug = PlantedBug.NONE;
    for (String arg : args) {
      int equals = arg.indexOf('=');
      String key = arg.substring(0, equals);
      String value = arg.substring(equals + 1);
      if (key.equals("bug")) {
        bug = PlantedBug.valueOf(value);
      } else {
        settings.addAll(List.of(key, value));
      }
    }
    BusFaults faults = new BusFaults();
    Node.start(Config.of(settings.toArray(String[]::new)), bug::plant)
        .onComplete(node -> onStarted(node, faults), TestServer::fail);
    Starter.obey(faults::obey);
  }

  private static void onStarted(Node node, BusFaults faults) {
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
