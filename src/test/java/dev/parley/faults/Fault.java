package dev.parley.faults;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Something that goes wrong, and is right again when [#happen] returns.
enum Fault {
  /// SIGKILL, and a new one in its place.
  NODE_KILLED {
    @Override
    void happen(Fleet fleet, Random random) {
      int node = random.nextInt(Fleet.SIZE);
      fleet.kill(node);
      last(random, 0, 1_500);
      fleet.start(node);
    }
  },

  /// SIGKILL when much is stored that was not acknowledged yet.
  NODE_KILLED_WITH_ANSWERS_ON_THEIR_WAY {
    @Override
    void happen(Fleet fleet, Random random) {
      int node = random.nextInt(Fleet.SIZE);
      fleet.wire(node).delay(300);
      last(random, 800, 1_000);
      fleet.kill(node);
      fleet.wire(node).delay(0);
      fleet.start(node);
    }
  },

  /// Each node in turn is drained and started again.
  ROLLING_RESTART {
    @Override
    void happen(Fleet fleet, Random random) {
      for (int node = 0; node < Fleet.SIZE; node++) {
        fleet.drain(node);
        fleet.start(node);
      }
    }
  },

  /// SIGSTOP for a moment: nobody notices it as gone.
  NODE_HANGS_SHORTLY {
    @Override
    void happen(Fleet fleet, Random random) {
      hang(fleet, random, 500, 2_500);
    }
  },

  /// SIGSTOP for longer than it takes to notice by itself, and not as long as others take.
  NODE_STANDS_STILL {
    @Override
    void happen(Fleet fleet, Random random) {
      hang(fleet, random, 3_100, 3_600);
    }
  },

  /// SIGSTOP for longer than a node may be silent.
  NODE_HANGS_LONG {
    @Override
    void happen(Fleet fleet, Random random) {
      hang(fleet, random, 8_000, 12_000);
    }
  },

  BUS_LOSES_A_FEW {
    @Override
    int settleMillis() {
      return BUS_SETTLES_MILLIS;
    }

    @Override
    void happen(Fleet fleet, Random random) {
      loseLetters(fleet, random, 1, 2_000, 5_000);
    }
  },

  BUS_LOSES_ALL {
    @Override
    int settleMillis() {
      return BUS_SETTLES_MILLIS;
    }

    @Override
    void happen(Fleet fleet, Random random) {
      loseLetters(fleet, random, 100, 2_000, 5_000);
    }
  },

  BUS_LOSES_ALL_FOR_LONG {
    @Override
    int settleMillis() {
      return BUS_SETTLES_MILLIS;
    }

    @Override
    void happen(Fleet fleet, Random random) {
      loseLetters(fleet, random, 100, 20_000, 20_001);
    }
  },

  BUS_IS_SLOW {
    @Override
    void happen(Fleet fleet, Random random) {
      fleet.tellAll("delay " + random.nextInt(20, 300));
      last(random, 2_000, 5_000);
      fleet.tellAll("delay 0");
    }
  },

  /// One node sees no other, but clients and Redis.
  NODE_PARTED {
    @Override
    boolean isPossible(Fleet fleet) {
      return fleet.network().canBeParted();
    }

    @Override
    void happen(Fleet fleet, Random random) {
      int node = random.nextInt(Fleet.SIZE);
      fleet.network().part(node);
      last(random, 1_000, 12_000);
      fleet.network().join(node);
    }
  },

  /// One node sees nobody at all.
  NODE_UNPLUGGED {
    @Override
    boolean isPossible(Fleet fleet) {
      return fleet.network().canBeParted();
    }

    @Override
    void happen(Fleet fleet, Random random) {
      int node = random.nextInt(Fleet.SIZE);
      fleet.network().unplug(node);
      last(random, 1_000, 10_000);
      fleet.network().plug(node);
    }
  },

  REDIS_IS_CUT_OFF {
    @Override
    void happen(Fleet fleet, Random random) {
      int node = random.nextInt(Fleet.SIZE);
      for (int times = random.nextInt(1, 4); times > 0; times--) {
        fleet.wire(node).cut();
        last(random, 0, 500);
      }
    }
  },

  REDIS_ANSWERS_ARE_LOST {
    @Override
    void happen(Fleet fleet, Random random) {
      int node = random.nextInt(Fleet.SIZE);
      fleet.wire(node).loseAnswers();
      last(random, 50, 3_000);
      fleet.wire(node).cut();
    }
  },

  REDIS_IS_SLOW {
    @Override
    void happen(Fleet fleet, Random random) {
      int node = random.nextInt(Fleet.SIZE);
      fleet.wire(node).delay(random.nextInt(10, 200));
      last(random, 1_000, 4_000);
      fleet.wire(node).delay(0);
    }
  },

  REDIS_HANGS {
    @Override
    void happen(Fleet fleet, Random random) {
      fleet.redis().pause();
      last(random, 500, 4_000);
      fleet.redis().resume();
    }
  },

  /// As in a crash of its process; its file has all that it acknowledged.
  REDIS_KILLED {
    @Override
    void happen(Fleet fleet, Random random) {
      fleet.redis().restart();
    }
  },

  /// The replica, which missed the last writes, takes the master's place: those are lost.
  REDIS_FAILS_OVER {
    @Override
    boolean mayLose() {
      return true;
    }

    @Override
    void happen(Fleet fleet, Random random) {
      fleet.redis().lag();
      last(random, 200, 1_500);
      fleet.redis().failOver();
      fleet.rewire();
    }
  };

  private static final int BUS_SETTLES_MILLIS = 2_000;

  abstract void happen(Fleet fleet, Random random);

  /// Whether what was acknowledged may be lost by it. It must be told.
  boolean mayLose() {
    return false;
  }

  boolean isPossible(Fleet fleet) {
    return true;
  }

  /// How long it may take, once it is over, until everybody has everything; where clients had to
  /// find another server, longer than the bus takes.
  int settleMillis() {
    return 5_000;
  }

  private static void hang(Fleet fleet, Random random, int least, int most) {
    int node = random.nextInt(Fleet.SIZE);
    fleet.pause(node);
    last(random, least, most);
    fleet.resume(node);
  }

  private static void loseLetters(Fleet fleet, Random random, int percent, int least, int most) {
    fleet.tellAll("lose " + percent);
    last(random, least, most);
    fleet.tellAll("lose 0");
  }

  /// How long a fault lasts is part of it.
  static void last(Random random, int least, int most) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(least, most)));
  }
}
