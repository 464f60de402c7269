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
  private final long lateTurns;
  private final long keepTurns;
  private final long wrongTurns;
  private final Map<String, Case> cases = new HashMap<>();

  /// The keys to look at in a turn. What was put off since is passed over.
  private final TreeMap<Long, List<String>> agenda = new TreeMap<>();

  private long turn;

  /// @param settleTurns after how many without a change a key is looked at: by then all is known
  ///   that was said before, of every node that does not hang
  /// @param lateTurns the same, where what was told may be heard late
  /// @param keepTurns for how many it is remembered at least what was told
  /// @param wrongTurns for how many it is remembered what another node ought to mend, in case it
  ///   does not live to do it, or what somebody may have told unheard
  Tellings(NodeId self, long settleTurns, long lateTurns, long keepTurns, long wrongTurns) {
    this.self = self;
    this.settleTurns = settleTurns;
    this.lateTurns = lateTurns;
    this.keepTurns = keepTurns;
    this.wrongTurns = wrongTurns;
  }

  /// A node changed its row or told something.
  ///
  /// @param before what its row was; empty: there was none
  /// @param value what it is now; empty: it is gone
  /// @param late whether what it told may be heard long after its row
  record Turned(
      NodeId node,
      String key,
      Optional<String> before,
      Optional<String> value,
      Told told,
      boolean late) {
    boolean says() {
      return value.isPresent();
    }
  }

  /// What this node sees of the others.
  ///
  /// @param oldest whether it is the one that mends what is wrong
  /// @param current whether nothing is known to be missing of what they say
  /// @param completeTurn what they told before it is known
  record Sight(boolean oldest, boolean current, long completeTurn) {}

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
    if (known.lookAt > turn + quietTurns(known)) {
      lookAt(key, known, turn + quietTurns(known));
    }
  }

  private long quietTurns(Case known) {
    return known.late ? lateTurns : settleTurns;
  }

  /// Whether it is not certain that everybody was told the opposite of this, or will be, before
  /// anything that is told from now on.
  boolean isInDoubt(String key, boolean says) {
    Case known = cases.get(key);
    return known != null && known.isWrong(!says);
  }

  /// Another turn.
  ///
  /// @param truth whether some node says a key
  /// @return what is to be settled by this node now; named again until it is
  List<String> turn(Predicate<String> truth, Sight sight) {
    turn++;
    List<String> due = new ArrayList<>();
    while (!agenda.isEmpty() && agenda.firstKey() <= turn) {
      Map.Entry<Long, List<String>> entry = agenda.pollFirstEntry();
      for (String key : entry.getValue()) {
        Case known = cases.get(key);
        if (known != null && known.lookAt == entry.getKey() && look(key, known, truth, sight)) {
          due.add(key);
        }
      }
    }
    return due;
  }

  private boolean look(String key, Case known, Predicate<String> truth, Sight sight) {
    if (!isQuiet(known)) {
      lookAt(key, known, known.changedAt + quietTurns(known));
      return false;
    }
    if (!known.isWrong(truth.test(key))) {
      known.agree();
      keepUntilComplete(key, known, sight.completeTurn());
      return false;
    }
    if (!sight.oldest() && !known.mine) {
      keep(key, known, wrongTurns);
      return false;
    }
    lookAt(key, known, turn + settleTurns);
    return sight.current() || turn - known.changedAt > wrongTurns;
  }

  private boolean isQuiet(Case known) {
    return turn - known.changedAt >= quietTurns(known);
  }

  /// A node that was not heard since may have told something of it that is not known yet, or never
  /// will be.
  private void keepUntilComplete(String key, Case known, long completeTurn) {
    boolean complete = completeTurn >= known.changedAt + settleTurns;
    if (complete || turn - known.changedAt < keepTurns) {
      keep(key, known, keepTurns);
    } else {
      keep(key, known, Math.min(wrongTurns, turn - known.changedAt + settleTurns));
    }
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

  /// Something may have been missed. What this node told itself meanwhile may not be so, and it may
  /// be the only one to know.
  ///
  /// @param sinceTurn when all was known
  void doubt(long sinceTurn) {
    cases.values().stream()
        .filter(known -> known.changedAt + settleTurns > sinceTurn)
        .forEach(known -> known.doubt(self));
    lookAgain();
  }

  /// Whoever ought to have mended something may be gone: what is wrong is looked at again.
  void lookAgain() {
    cases.forEach(
        (key, known) ->
            lookAt(key, known, Math.max(turn + 1, known.changedAt + quietTurns(known))));
  }

  /// This node tells now what is, if that is needed. If the key has changed lately, it is left for
  /// later.
  Optional<Untold> settle(String key, boolean says) {
    Case known = cases.get(key);
    if (known == null || !isQuiet(known) || !known.isWrong(says)) {
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

  long now() {
    return turn;
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
    private boolean late;
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
      late |= change.late();
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

    boolean isWrong(boolean says) {
      return !told().equals(Optional.of(says));
    }

    /// What all have been told in the end. Empty: that depends on whom they heard last.
    private Optional<Boolean> told() {
      if (unknown) {
        return Optional.empty();
      }
      List<Boolean> last = last().values().stream().map(Telling::in).distinct().toList();
      return switch (last.size()) {
        case 0 -> Optional.of(before);
        case 1 -> Optional.of(last.getFirst());
        default -> Optional.empty();
      };
    }

    /// Who knows of a row is silent while it is there. So who told that the key is said, did it
    /// after those rows were gone, and was heard later if nobody is heard late.
    private Map<NodeId, Telling> last() {
      Map<NodeId, Telling> last = new HashMap<>(tellings);
      if (!late && last.values().stream().anyMatch(Telling::begins)) {
        last.values().removeIf(Telling::ofKnown);
      }
      return last;
    }

    /// All know what is.
    void agree() {
      Map<NodeId, Telling> last = last();
      last.replaceAll((_, telling) -> telling.old());
      tellings = Map.copyOf(last);
      changed = Set.of();
      late = false;
    }

    void doubt(NodeId self) {
      unknown = true;
      mine |= tellings.containsKey(self);
    }

    void settle(NodeId self, boolean says) {
      tellings = Map.of(self, new Telling(says, false).old());
      changed = Set.of();
      before = says;
      unknown = false;
      mine = false;
    }
  }
}
