package dev.parley.bus;

import dev.parley.protocol.ConnectionCommand;
import dev.parley.protocol.ConnectionCommand.Count;
import dev.parley.protocol.ConnectionCommand.CountOpen;
import dev.parley.protocol.ConnectionCommand.Deliver;
import dev.parley.protocol.ConnectionCommand.Disconnect;
import dev.parley.protocol.ConnectionCommand.EndEarlier;
import dev.parley.protocol.ConnectionCommand.ListConnections;
import dev.parley.protocol.ConnectionCommand.ProbeAddress;
import dev.parley.protocol.ConnectionCommand.ProbeUser;
import dev.parley.protocol.ConnectionCommand.SendTo;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Fields;
import dev.parley.protocol.Position;
import dev.parley.protocol.RejectedException;
import dev.parley.protocol.Stamp;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/// A question about connections as one node asks another, and its answer: JSON objects.
///
/// ```
/// {"do":"send","to":{"kind":"room","room":"lobby"},"message":{…}} → {"count":3}
/// ```
///
/// Fields that only newer nodes know are ignored; a command or a kind of recipients that only newer
/// nodes know is refused, which counts as none. Whatever narrows a choice further must therefore be
/// a new kind, never a new field.
public final class ConnectionLetter {
  private static final int MAX_WORD = 64;
  private static final int ANY = Integer.MAX_VALUE;
  private static final String DO = "do";
  private static final String TO = "to";
  private static final String MESSAGE = "message";
  private static final String CONNECTION = "connection";
  private static final String USER = "user";
  private static final String ADDRESS = "address";
  private static final String COUNT = "count";
  private static final String CONNECTIONS = "connections";
  private static final String ROOM = "room";
  private static final String AFTER = "after";
  private static final String LIMIT = "limit";

  private ConnectionLetter() {}

  public static Buffer encode(ConnectionCommand command) {
    return toJson(command).toBuffer();
  }

  /// @throws IllegalArgumentException if it is no command that this node knows
  public static ConnectionCommand decode(Buffer letter) {
    try {
      return read(new Fields(letter.toJsonObject()));
    } catch (RejectedException e) {
      throw new IllegalArgumentException(e.rejection().text(), e);
    } catch (DecodeException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
  }

  /// The answer: how many there are, and which if that was asked.
  public static Buffer answer(FoundConnections found) {
    JsonObject json = new JsonObject().put(COUNT, found.count());
    if (!found.listed().isEmpty()) {
      json.put(CONNECTIONS, OpenConnectionJson.write(found.listed()));
    }
    return json.toBuffer();
  }

  /// The answer to what this node does not know.
  public static Buffer refusal(String reason) {
    return new JsonObject().put("refused", reason).toBuffer();
  }

  /// Reads an answer; empty if it was a refusal.
  public static Optional<FoundConnections> foundIn(Buffer answer) {
    Fields in = new Fields(answer.toJsonObject());
    return in.optionalNumber(COUNT, 0, Integer.MAX_VALUE)
        .map(
            count ->
                new FoundConnections(count.intValue(), OpenConnectionJson.read(in, CONNECTIONS)));
  }

  private static JsonObject toJson(ConnectionCommand command) {
    return switch (command) {
      case SendTo(var recipients, var message) ->
          json("send").put(TO, RecipientsJson.of(recipients)).put(MESSAGE, message);
      case Deliver(var user, var message, var stamp) ->
          json("deliver")
              .put(USER, user.value())
              .put(MESSAGE, message)
              .put("seq", stamp.seq())
              .put("epoch", stamp.position().epoch())
              .put("previous", stamp.previousEpoch())
              .put("number", stamp.number());
      case Count(var recipients) -> json("count").put(TO, RecipientsJson.of(recipients));
      case CountOpen() -> json("count_open");
      case Disconnect(var connection) -> json("disconnect").put(CONNECTION, connection.value());
      case EndEarlier(var connection, var user) ->
          json("end_earlier").put(CONNECTION, connection.value()).put(USER, user.value());
      case ProbeUser(var user) -> json("probe_user").put(USER, user.value());
      case ProbeAddress(var address) -> json("probe_address").put(ADDRESS, address);
      case ListConnections list -> json(list);
    };
  }

  private static JsonObject json(ListConnections list) {
    JsonObject json = json("list").put(LIMIT, list.limit());
    list.user().ifPresent(user -> json.put(USER, user.value()));
    list.room().ifPresent(room -> json.put(ROOM, room.value()));
    list.after().ifPresent(after -> json.put(AFTER, after.value()));
    return json;
  }

  private static ListConnections list(Fields in) {
    return new ListConnections(
        in.optionalUser(USER),
        in.optionalRoom(ROOM),
        in.optionalText(AFTER, Integer.MAX_VALUE).map(ConnectionId::new),
        (int) in.number(LIMIT, 0, Integer.MAX_VALUE));
  }

  private static JsonObject json(String command) {
    return new JsonObject().put(DO, command);
  }

  private static ConnectionCommand read(Fields in) {
    String command = in.text(DO, MAX_WORD);
    return switch (command) {
      case "send" -> new SendTo(RecipientsJson.read(in.fields(TO)), in.fields(MESSAGE).object());
      case "deliver" -> new Deliver(in.user(USER), in.fields(MESSAGE).object(), stamp(in));
      case "count" -> new Count(RecipientsJson.read(in.fields(TO)));
      case "count_open" -> new CountOpen();
      case "disconnect" -> new Disconnect(connection(in));
      case "end_earlier" -> new EndEarlier(connection(in), in.user(USER));
      case "probe_user" -> new ProbeUser(in.user(USER));
      case "probe_address" -> new ProbeAddress(in.text(ADDRESS, MAX_WORD));
      case "list" -> list(in);
      default -> throw Fields.wrong(DO, "is unknown here: " + command);
    };
  }

  private static Stamp stamp(Fields in) {
    Position position = new Position(in.anyText("epoch", ANY), in.number("seq", 1, Long.MAX_VALUE));
    return new Stamp(position, in.anyText("previous", ANY), in.number("number", 0, Long.MAX_VALUE));
  }

  private static ConnectionId connection(Fields in) {
    return new ConnectionId(in.text(CONNECTION, ANY));
  }
}
