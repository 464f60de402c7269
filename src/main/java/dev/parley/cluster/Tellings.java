package dev.parley.cluster;

import dev.parley.protocol.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Keeps account of what the nodes told of the keys that changed lately. Each tells at once, by
/// what it knows, and may be wrong: two that fall silent at once each believe that the other goes
/// on, and of two that tell opposite things at once either may be heard last. So, when a key has
/// not changed for a while, what was told of it is held against what is.
///
/// No clock: time is counted in turns. Pure; whoever owns it guards it.
final class Tellings {
  private final NodeId self;
  private final long settleTurns;
  private final long keepTurns;
  private final long wrongTurns;
  private final Map<String, Case> cases = new HashMap<>();

  /// The keys to look at in a turn. What was put off since is passed over.
  private final TreeMap<Long, List<String>> agenda = new TreeMap<>();

  private long turn;

  /// @param settleTurns after how many without a change a key is looked at: by then all is known
  ///   that was said before, of every node that does not hang
  /// @param keepTurns for how many it is remembered what was told, in case some node does hang
  /// @param wrongTurns for how many it is remembered what another node ought to mend, in case it
  ///   does not live to do it
  Tellings(NodeId self, long settleTurns, long keepTurns, long wrongTurns) {
    this.self = self;
    this.settleTurns = settleTurns;
    this.keepTurns = keepTurns;
    this.wrongTurns = wrongTurns;
  }

  /// A node changed its row or told something.
  ///
  /// @param before what its row was; empty: there was none
  /// @param value what it is now; empty: it is gone
  record Turned(
      NodeId node, String key, Optional<String> before, Optional<String> value, Told told) {
    boolean says() {
      return value.isPresent();
    }
  }

  /// Takes notice of a change.
  ///
  /// @param others whether some other node says the key
  /// @param returns whether the node was believed gone by this one, which told so
  void note(Turned change, boolean others, boolean returns) {
    String key = change.key();
    Case known = cases.computeIfAbsent(key, _ -> new Case(others || change.before().isPresent()));
    known.changedAt = turn;
    known.mine |= returns;
    known.take(change);
    if (known.lookAt > turn + settleTurns) {
      lookAt(key, known, turn + settleTurns);
    }
  }

  /// Another turn.
  ///
  /// @param truth whether some node says a key
  /// @param oldest whether this node mends what is wrong
  /// @return what is to be settled by this node now; named again until it is
  List<String> turn(Predicate<String> truth, boolean oldest) {
    turn++;
    List<String> due = new ArrayList<>();
    while (!agenda.isEmpty() && agenda.firstKey() <= turn) {
      Map.Entry<Long, List<String>> entry = agenda.pollFirstEntry();
      for (String key : entry.getValue()) {
        Case known = cases.get(key);
        if (known != null && known.lookAt == entry.getKey() && look(key, known, truth, oldest)) {
          due.add(key);
        }
      }
    }
    return due;
  }

  private boolean look(String key, Case known, Predicate<String> truth, boolean oldest) {
    if (turn - known.changedAt < settleTurns) {
      lookAt(key, known, known.changedAt + settleTurns);
      return false;
    }
    if (!known.isWrong(truth.test(key), false)) {
      known.agree();
      keep(key, known, keepTurns);
      return false;
    }
    if (!oldest && !known.mine) {
      keep(key, known, wrongTurns);
      return false;
    }
    lookAt(key, known, turn + settleTurns);
    return true;
  }

  private void keep(String key, Case known, long turns) {
    if (turn - known.changedAt < turns) {
      lookAt(key, known, known.changedAt + turns);
    } else {
      cases.remove(key);
    }
  }

  private void lookAt(String key, Case known, long atTurn) {
    known.lookAt = atTurn;
    agenda.computeIfAbsent(atTurn, _ -> new ArrayList<>()).add(key);
  }

  /// Something that was told may have been missed.
  void doubt() {
    cases.values().forEach(known -> known.unknown = true);
    lookAgain();
  }

  /// Whoever ought to have mended something may be gone: what is wrong is looked at again.
  void lookAgain() {
    cases.forEach(
        (key, known) -> lookAt(key, known, Math.max(turn + 1, known.changedAt + settleTurns)));
  }

  /// This node tells now what is, if that is needed.
  ///
  /// @param quietTurns for how many the key must not have changed; else it is left for later
  /// @param prompt whether what nodes tell is heard before their rows
  Optional<Untold> settle(String key, boolean says, long quietTurns, boolean prompt) {
    Case known = cases.get(key);
    if (known == null || turn - known.changedAt < Math.max(settleTurns, quietTurns)) {
      return Optional.empty();
    }
    if (!known.isWrong(says, prompt)) {
      known.agree();
      keep(key, known, keepTurns);
      return Optional.empty();
    }
    known.changedAt = turn;
    known.settle(self, says);
    return Optional.of(new Untold(says, known.text));
  }

  /// How many keys it remembers.
  int size() {
    return cases.size();
  }

  /// @param in that the key is said
  /// @param ofKnown that a row is gone which all knew
  /// @param fresh since the key was looked at
  private record Telling(boolean in, boolean ofKnown, boolean fresh) {
    Telling(boolean in, boolean ofKnown) {
      this(in, ofKnown, true);
    }

    boolean begins() {
      return in && fresh;
    }

    Telling old() {
      return new Telling(in, ofKnown, false);
    }
  }

  /// What was told of one key lately.
  private static final class Case {
    /// The newest of each node. In which order they were heard, nobody knows.
    private Map<NodeId, Telling> tellings = Map.of();

    private Set<NodeId> changed = Set.of();
    private String text = "";
    private boolean before;
    private boolean unknown;
    private boolean mine;
    private long changedAt;
    private long lookAt = Long.MAX_VALUE;

    /// @param before whether some node said it, and all had been told so
    Case(boolean before) {
      this.before = before;
    }

    void take(Turned change) {
      NodeId node = change.node();
      boolean ofKnown = !changed.contains(node) && change.before().isPresent();
      changed = with(changed, node);
      text = change.value().or(change::before).orElse(text);
      unknown |= change.told() == Told.UNKNOWN;
      change
          .told()
          .said(change.says())
          .ifPresent(in -> tellings = with(tellings, node, new Telling(in, !in && ofKnown)));
    }

    private static Set<NodeId> with(Set<NodeId> nodes, NodeId node) {
      Set<NodeId> more = new HashSet<>(nodes);
      more.add(node);
      return Set.copyOf(more);
    }

    private static Map<NodeId, Telling> with(
        Map<NodeId, Telling> tellings, NodeId node, Telling telling) {
      Map<NodeId, Telling> more = new HashMap<>(tellings);
      more.put(node, telling);
      return Map.copyOf(more);
    }

    /// @param prompt see [#last]
    boolean isWrong(boolean says, boolean prompt) {
      return !told(prompt).equals(Optional.of(says));
    }

    /// What all have been told in the end. Empty: that depends on whom they heard last.
    private Optional<Boolean> told(boolean prompt) {
      if (unknown) {
        return Optional.empty();
      }
      List<Boolean> last = last(prompt).values().stream().map(Telling::in).distinct().toList();
      return switch (last.size()) {
        case 0 -> Optional.of(before);
        case 1 -> Optional.of(last.getFirst());
        default -> Optional.empty();
      };
    }

    /// Who knows of a row is silent while it is there. So who told that the key is said, did it
    /// after those rows were gone, and was heard later if all are heard promptly.
    private Map<NodeId, Telling> last(boolean prompt) {
      Map<NodeId, Telling> last = new HashMap<>(tellings);
      if (prompt && last.values().stream().anyMatch(Telling::begins)) {
        last.values().removeIf(Telling::ofKnown);
      }
      return last;
    }

    /// All know what is.
    void agree() {
      Map<NodeId, Telling> last = last(true);
      last.replaceAll((_, telling) -> telling.old());
      tellings = Map.copyOf(last);
      changed = Set.of();
    }

    void settle(NodeId self, boolean says) {
      tellings = Map.of(self, new Telling(says, false));
      changed = Set.of();
      before = says;
      unknown = false;
      mine = false;
    }
  }
}
