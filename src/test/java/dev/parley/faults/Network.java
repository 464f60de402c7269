package dev.parley.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Where the servers live: each in a network of its own behind a switch, where root allows that;
/// else all on the loopback interface, which cannot be parted.
final class Network implements AutoCloseable {
  private final boolean apart;
  private final String name = "pf" + ProcessHandle.current().pid() % 100_000;
  private final String subnet = "10.213." + ProcessHandle.current().pid() % 250 + ".";
  private final int hosts;

  private Network(int hosts, boolean apart) {
    this.hosts = hosts;
    this.apart = apart;
  }

  /// @param hosts how many servers there will be
  static Network open(int hosts) {
    Network network = new Network(hosts, "root".equals(System.getProperty("user.name")));
    if (!network.apart || !network.build()) {
      System.err.println(
          "no network namespaces here (they need root and iproute2): nodes are not parted");
      network.close();
      return new Network(hosts, false);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(network::close));
    return network;
  }

  boolean canBeParted() {
    return apart;
  }

  String addressOf(int host) {
    return apart ? subnet + (10 + host) : "127.0.0.1";
  }

  /// Where the test itself, and Redis, are.
  InetAddress middle() {
    try {
      return InetAddress.getByName(apart ? subnet + 1 : "127.0.0.1");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Begins the command line of a program that is to run there.
  List<String> prefixOf(int host) {
    return apart ? List.of("ip", "netns", "exec", nameOf(host)) : List.of();
  }

  /// Nothing passes between this server and the others; Redis and the clients still reach it.
  void part(int host) {
    othersOf(host).forEach(other -> route("add", host, other));
  }

  void join(int host) {
    othersOf(host).forEach(other -> route("del", host, other));
  }

  /// Nothing reaches this server, or comes from it.
  void unplug(int host) {
    run("ip", "link", "set", plugOf(host), "down");
  }

  void plug(int host) {
    run("ip", "link", "set", plugOf(host), "up");
  }

  @Override
  public void close() {
    if (apart) {
      IntStream.range(0, hosts).forEach(host -> tried("ip", "netns", "del", nameOf(host)));
      boolean _ = tried("ip", "link", "del", name);
    }
  }

  private boolean build() {
    return tried("ip", "link", "add", name, "type", "bridge")
        && tried("ip", "addr", "add", subnet + "1/24", "dev", name)
        && tried("ip", "link", "set", name, "up")
        && IntStream.range(0, hosts).allMatch(this::build);
  }

  private boolean build(int host) {
    String inside = nameOf(host);
    return tried("ip", "netns", "add", inside)
        && tried("ip", "link", "add", plugOf(host), "type", "veth", "peer", "eth0", "netns", inside)
        && tried("ip", "link", "set", plugOf(host), "master", name)
        && tried("ip", "link", "set", plugOf(host), "up")
        && tried("ip", "-n", inside, "link", "set", "lo", "up")
        && tried("ip", "-n", inside, "addr", "add", addressOf(host) + "/24", "dev", "eth0")
        && tried("ip", "-n", inside, "link", "set", "eth0", "up");
  }

  private List<Integer> othersOf(int host) {
    return IntStream.range(0, hosts).filter(other -> other != host).boxed().toList();
  }

  private void route(String verb, int one, int other) {
    run("ip", "-n", nameOf(one), "route", verb, "blackhole", addressOf(other) + "/32");
    run("ip", "-n", nameOf(other), "route", verb, "blackhole", addressOf(one) + "/32");
  }

  private String nameOf(int host) {
    return name + "-" + host;
  }

  private String plugOf(int host) {
    return name + "v" + host;
  }

  private static void run(String... command) {
    if (!tried(command)) {
      throw new IllegalStateException("failed: " + String.join(" ", command));
    }
  }

  private static boolean tried(String... command) {
    try {
      Process process =
          new ProcessBuilder(new ArrayList<>(List.of(command)))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
