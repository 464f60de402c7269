package dev.parley.dialect;

import dev.parley.protocol.Envelope;
import dev.parley.protocol.Member;
import dev.parley.protocol.Reply;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The dialect of `/ws` with a `user_id` (`nexus.md`). Every frame has an `event_type`.
public final class NexusDialect extends EchoDialect {
  private final NexusCommands commands;

  public NexusDialect(DialectLimits limits, InstantSource clock) {
    super(NexusEvents.TYPE, limits, clock);
    this.commands = new NexusCommands(limits);
  }

  @Override
  public String name() {
    return "nexus";
  }

  @Override
  FrameDecoder.Table table(SessionView session) {
    return (type, in) -> commands.commands(type, in, session.caller());
  }

  @Override
  public boolean followsConversations() {
    return true;
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
    return NexusEvents.encode(envelope);
  }

  @Override
  List<OutFrame> joined(Reply.Joined joined, Member who) {
    return List.of(
        NexusEvents.joined(joined.room(), who, joined.count()),
        NexusEvents.roomState(joined.room(), joined.members()));
  }

  @Override
  List<OutFrame> left(Reply.Left left, Member who) {
    return List.of(NexusEvents.left(left.room(), who, left.count()));
  }
}
