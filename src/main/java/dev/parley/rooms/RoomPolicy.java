package dev.parley.rooms;

import dev.parley.config.Admission;
import dev.parley.config.RoomRule;
import dev.parley.protocol.Caller;
import dev.parley.protocol.RoomName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who may enter which room (`connection.md`): the first rule whose pattern fits the name decides.
///
/// Where a name can be read in more than one way (`user_a_b_c`: a and b_c, or a_b and c?) nobody
/// can claim to be meant, and only a grant opens the room.
public final class RoomPolicy {
  private static final Set<String> SERVICE_ROOMS =
      Set.of("admin", "system_monitoring", "background_jobs", "all_document_updates");
  private static final String DOCUMENT_UPDATES = "document_updates_";

  private final List<Rule> rules;
  private final Rule otherwise;

  /// @param otherwise who may enter a room that fits no rule
  public RoomPolicy(List<RoomRule> rules, List<Admission> otherwise) {
    this.rules = rules.stream().map(Rule::of).toList();
    this.otherwise = new Rule(RoomPattern.parse("*"), List.copyOf(otherwise));
  }

  /// Whether the room is for people to talk in: it makes participants, keeps history and takes
  /// chat. The others only carry what the server says.
  public static boolean isConversation(RoomName room) {
    String name = room.value();
    return !SERVICE_ROOMS.contains(name)
        && !(name.startsWith(DOCUMENT_UPDATES) && name.length() > DOCUMENT_UPDATES.length());
  }

  /// Whether nobody is told who comes and goes: users are there without having asked, or to hear
  /// what the server says.
  static boolean isQuiet(RoomName room) {
    return !isConversation(room);
  }

  /// Decides by rule, role and token. Stored grants are for the asker to look up.
  public Verdict judge(Caller caller, RoomName room) {
    Rule rule = ruleFor(room);
    boolean grantable = false;
    for (Admission admission : rule.admitted()) {
      switch (judge(caller, room, rule, admission)) {
        case ADMITTED -> {
          return Verdict.ADMITTED;
        }
        case IF_GRANTED -> grantable = true;
        case DENIED -> {}
      }
    }
    if (!grantable) {
      return Verdict.DENIED;
    }
    return isInToken(caller, room) ? Verdict.ADMITTED : Verdict.IF_GRANTED;
  }

  private Rule ruleFor(RoomName room) {
    for (Rule rule : rules) {
      if (rule.pattern().fits(room.value())) {
        return rule;
      }
    }
    return otherwise;
  }

  private static Verdict judge(Caller caller, RoomName room, Rule rule, Admission admission) {
    return switch (admission) {
      case Admission.Authenticated() -> Verdict.ADMITTED;
      case Admission.Granted() -> Verdict.IF_GRANTED;
      case Admission.Role(var name) -> admitIf(caller.hasRole(name));
      case Admission.Self() when room.isOfHashedUser() ->
          admitIf(room.equals(RoomName.ofDocuments(caller.user())));
      case Admission.Self() -> judgeNamed(caller, rule.waysToRead(room));
      case Admission.Pair() -> judgePair(caller, rule.waysToRead(room));
    };
  }

  private static Verdict judgeNamed(Caller caller, List<Map<String, String>> ways) {
    return ways.size() == 1
        ? admitIf(caller.user().value().equals(ways.getFirst().get("user")))
        : Verdict.IF_GRANTED;
  }

  private static Verdict judgePair(Caller caller, List<Map<String, String>> ways) {
    if (ways.size() != 1) {
      return Verdict.IF_GRANTED;
    }
    String a = ways.getFirst().getOrDefault("a", "");
    String b = ways.getFirst().getOrDefault("b", "");
    String user = caller.user().value();
    return admitIf(IdOrder.isBefore(a, b) && (user.equals(a) || user.equals(b)));
  }

  private static boolean isInToken(Caller caller, RoomName room) {
    return caller.rooms().stream()
        .anyMatch(granted -> RoomPattern.parse(granted).fits(room.value()));
  }

  private static Verdict admitIf(boolean condition) {
    return condition ? Verdict.ADMITTED : Verdict.DENIED;
  }

  /// What the policy says of a caller and a room.
  public enum Verdict {
    ADMITTED,
    /// Only with a stored grant.
    IF_GRANTED,
    DENIED
  }

  private record Rule(RoomPattern pattern, List<Admission> admitted) {
    static Rule of(RoomRule rule) {
      return new Rule(RoomPattern.parse(rule.pattern()), rule.admitted());
    }

    /// Two at most: more would say no more.
    List<Map<String, String>> waysToRead(RoomName room) {
      return pattern.bindings(room.value(), 2);
    }
  }
}
