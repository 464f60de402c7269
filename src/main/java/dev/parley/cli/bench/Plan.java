package dev.parley.cli.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// One command of the load client, as asked for.
///
/// @param loops event loops
/// @param opening connections that may be on their way to being sessions at the same time
/// @param secret the server's HS256 secret; without one tokens are asked of `POST /dev/token`
/// @param pids the servers' processes on this machine, to be measured together
record Plan(
    Scenario scenario,
    Target target,
    Protocol protocol,
    Timing timing,
    int loops,
    int opening,
    Optional<String> secret,
    List<Long> pids,
    boolean json) {

  static final String HELP =
      """
      Usage: parley bench SCENARIO [options]

      Scenarios, with their own options:
        fanout      room broadcasts to all members       --rooms 1 --members 1000 --inflight 4
        many-rooms  the same, connections in many rooms  --rooms 1000 --connections 1000 --joined 10 --inflight 1
        echo        ping and pong, one at a time each    --connections 1000
        storm       sessions opened at once              --connections 5000
        idle        sessions that just stay              --connections 10000
        chat        durable messages at a fixed rate, to  --rooms 100 --members 2 --rate 5000
                    their acknowledgement, or until the
                    last of a room's members have them    --until acknowledged|delivered

      Options:
        --host 127.0.0.1 --port 8000   where the server listens; several nodes: --port 8000,8001,
                                       each room's members go to them in turn
        --apart                        each room's members are all at one node
        --from ADDRESS[,ADDRESS]       local addresses to connect from (past 28,000 connections: several)
        --protocol native              native, or plain and socketio for the servers under src/bench/compare
        --secret SECRET                the server's HS256 secret (else tokens come from POST /dev/token)
        --warmup 3s --duration 10s     not measured, then measured
        --setup 60s                    the longest that opening all connections may take
        --opening 128                  connections being opened at the same time
        --loops 1                      event loops of the client
        --pid PID[,PID]                the server's processes on this machine: CPU time and memory are reported
        --json                         one line of JSON instead of a table

      Exit code: 0 measured, 1 not measured as asked (refused, connections lost), 2 wrong usage.
      """;

  private static final int MOST_CONNECTIONS = 100_000;

  static Plan parse(List<String> words) {
    if (words.isEmpty()) {
      throw new UsageException("no scenario given");
    }
    Arguments arguments = Arguments.parse(words.subList(1, words.size()), Set.of("json", "apart"));
    Plan plan =
        new Plan(
            scenario(words.getFirst(), arguments),
            Target.parse(arguments),
            protocol(arguments),
            Timing.parse(arguments),
            arguments.number("loops", 1, 1, 64),
            arguments.number("opening", 128, 1, 10_000),
            arguments.text("secret"),
            arguments.list("pid").stream().map(Plan::parsePid).toList(),
            arguments.flag("json"));
    arguments.ensureAllUsed();
    if (plan.scenario instanceof Scenario.Chat && plan.protocol != Protocol.NATIVE) {
      throw new UsageException("chat needs --protocol native");
    }
    return plan;
  }

  private static Scenario scenario(String name, Arguments arguments) {
    return switch (name) {
      case "fanout" -> fanOut(arguments);
      case "many-rooms" ->
          new Scenario.FanOut(
              arguments.number("rooms", 1_000, 1, Mark.LANES),
              connections(arguments, 1_000),
              arguments.number("joined", 10, 1, 500),
              arguments.number("inflight", 1, 1, 1_024));
      case "echo" -> new Scenario.Echo(connections(arguments, 1_000));
      case "storm" -> new Scenario.Storm(connections(arguments, 5_000));
      case "idle" -> new Scenario.Idle(connections(arguments, 10_000));
      case "chat" ->
          new Scenario.Chat(
              arguments.number("rooms", 100, 1, 10_000),
              arguments.number("members", 2, 1, 1_000),
              arguments.number("rate", 5_000, 1, 200_000),
              isUntilDelivered(arguments));
      default -> throw new UsageException("no such scenario: " + name);
    };
  }

  private static Scenario fanOut(Arguments arguments) {
    int rooms = arguments.number("rooms", 1, 1, MOST_CONNECTIONS);
    int members = arguments.number("members", 1_000, 1, MOST_CONNECTIONS);
    if ((long) rooms * members > MOST_CONNECTIONS) {
      throw new UsageException("--rooms times --members: at most " + MOST_CONNECTIONS);
    }
    return new Scenario.FanOut(
        rooms, rooms * members, 1, arguments.number("inflight", 4, 1, 1_024));
  }

  private static boolean isUntilDelivered(Arguments arguments) {
    String until = arguments.text("until").orElse("acknowledged");
    return switch (until) {
      case "acknowledged" -> false;
      case "delivered" -> true;
      default -> throw new UsageException("--until " + until + ": not acknowledged or delivered");
    };
  }

  private static int connections(Arguments arguments, int preset) {
    return arguments.number("connections", preset, 1, MOST_CONNECTIONS);
  }

  private static Protocol protocol(Arguments arguments) {
    String name = arguments.text("protocol").orElse("native");
    for (Protocol protocol : Protocol.values()) {
      if (protocol.name().toLowerCase(Locale.ROOT).equals(name)) {
        return protocol;
      }
    }
    throw new UsageException("--protocol " + name + ": not native, plain or socketio");
  }

  private static Long parsePid(String value) {
    if (!value.matches("[1-9]\\d{0,9}")) {
      throw new UsageException("--pid " + value + ": not a process id");
    }
    return Long.valueOf(value);
  }

  /// How the server is spoken to.
  enum Protocol {
    NATIVE,
    PLAIN,
    SOCKETIO;

    Wire toWire() {
      return switch (this) {
        case NATIVE -> new NativeWire();
        case PLAIN -> new PlainWire();
        case SOCKETIO -> new SocketIoWire();
      };
    }
  }

  /// @param ports one for each node
  /// @param apart whether all members of a room are at one node
  /// @param from local addresses to connect from in turn; empty: the system's choice
  record Target(String host, List<Integer> ports, boolean apart, List<String> from) {
    Target {
      ports = List.copyOf(ports);
      from = List.copyOf(from);
    }

    private static Target parse(Arguments arguments) {
      return new Target(
          arguments.text("host").orElse("127.0.0.1"),
          arguments.numbers("port", 8_000, 1, 65_535),
          arguments.flag("apart"),
          arguments.list("from"));
    }

    String authority() {
      return host + ":" + ports.getFirst();
    }
  }

  /// @param setUp the longest that opening all connections may take
  record Timing(Duration warmUp, Duration duration, Duration setUp) {
    private static Timing parse(Arguments arguments) {
      Duration second = Duration.ofSeconds(1);
      Duration hour = Duration.ofHours(1);
      return new Timing(
          arguments.duration("warmup", Duration.ofSeconds(3), Duration.ZERO, hour),
          arguments.duration("duration", Duration.ofSeconds(10), second, hour),
          arguments.duration("setup", Duration.ofSeconds(60), second, hour));
    }
  }
}
