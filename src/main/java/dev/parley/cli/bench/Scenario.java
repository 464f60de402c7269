package dev.parley.cli.bench;

/// What is to be measured.
sealed interface Scenario {
  int connections();

  /// What is done, with its numbers.
  String title();

  /// How many rooms the connections are spread over, connection `i` in room `i` modulo this.
  default int rooms() {
    return 1;
  }

  /// What is counted.
  String unit();

  /// Broadcasts to rooms. Connection `i` is in the rooms `i * joined … + joined - 1` (modulo
  /// `rooms`), and the first in each room keeps `inFlight` of its broadcasts on their way.
  record FanOut(int rooms, int connections, int joined, int inFlight) implements Scenario {
    public FanOut {
      if ((long) connections * joined < rooms) {
        throw new UsageException("too few connections to have one in each of " + rooms + " rooms");
      }
    }

    @Override
    public String title() {
      return joined == 1
          ? "fanout %d x %d, %d in flight".formatted(rooms, connections / rooms, inFlight)
          : "many-rooms %d, %d connections in %d each, %d in flight"
              .formatted(rooms, connections, joined, inFlight);
    }

    @Override
    public String unit() {
      return "deliveries";
    }
  }

  /// A request at a time on each connection.
  record Echo(int connections) implements Scenario {
    @Override
    public String title() {
      return "echo " + connections;
    }

    @Override
    public String unit() {
      return "round trips";
    }
  }

  /// Sessions opened as fast as the server lets.
  record Storm(int connections) implements Scenario {
    @Override
    public String title() {
      return "storm " + connections;
    }

    @Override
    public String unit() {
      return "sessions";
    }
  }

  /// Sessions that are only there.
  record Idle(int connections) implements Scenario {
    @Override
    public String title() {
      return "idle " + connections;
    }

    @Override
    public String unit() {
      return "sessions";
    }
  }

  /// Durable messages at a fixed rate, whatever the server does, spread over rooms and members.
  ///
  /// @param rate messages a second
  /// @param delivered until the room's last member has the message, which the first member sends;
  ///   else until its sender, each in turn, knows that it is stored
  record Chat(int rooms, int members, int rate, boolean delivered) implements Scenario {
    public Chat {
      if (delivered && members < 2) {
        throw new UsageException("--until delivered: a room needs two members");
      }
    }

    @Override
    public int connections() {
      return rooms * members;
    }

    @Override
    public String title() {
      return "chat %d rooms x %d, %d messages/s".formatted(rooms, members, rate);
    }

    @Override
    public String unit() {
      return delivered ? "deliveries" : "acknowledgements";
    }
  }
}
