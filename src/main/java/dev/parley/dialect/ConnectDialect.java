package dev.parley.dialect;

import dev.parley.protocol.Command;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.Member;
import dev.parley.protocol.Reply;
import dev.parley.protocol.SystemSample;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The dialect of `/ws/connect` (`connect.md`).
public final class ConnectDialect extends EchoDialect {
  private final ConnectCommands commands;

  public ConnectDialect(DialectLimits limits, InstantSource clock) {
    super("type", limits, clock);
    this.commands = new ConnectCommands(limits);
  }

  @Override
  public String name() {
    return "connect";
  }

  @Override
  FrameDecoder.Table table(SessionView session) {
    return (type, in) -> commands.commands(type, in, session.caller().user());
  }

  @Override
  public Set<Waiting> tells() {
    return EnumSet.allOf(Waiting.class);
  }

  @Override
  public boolean takesQueue() {
    return true;
  }

  @Override
  public List<OutFrame> encode(Envelope envelope) {
    return ConnectEvents.encode(envelope);
  }

  @Override
  List<OutFrame> joined(Reply.Joined joined, Member who) {
    return List.of(ConnectEvents.joined(joined.room(), who, joined.count(), joined.at()));
  }

  @Override
  List<OutFrame> jobs(Command command, Reply.Jobs jobs, JsonValue id) {
    return answer(id, out -> ConnectJobEvents.write(out, command, jobs));
  }

  @Override
  List<OutFrame> sampled(SystemSample sample) {
    return ConnectOperations.encode(sample);
  }

  @Override
  List<OutFrame> left(Reply.Left left, Member who) {
    return List.of(ConnectEvents.left(left.room(), who, left.count(), left.at()));
  }
}
