package dev.parley.protocol;

import dev.parley.protocol.json.JsonWriter;
import java.util.List;

/// The JSON of [Member]s.
public final class MemberJson {
  private static final int ANY = Integer.MAX_VALUE;

  private MemberJson() {}

  /// Writes a member's fields into the open object.
  public static void write(JsonWriter out, Member member) {
    out.text("user_id", member.user().value())
        .text("username", member.username())
        .text("email", member.email());
  }

  /// Writes an array of them.
  public static void write(JsonWriter out, String name, List<Member> members) {
    out.array(name);
    for (Member member : members) {
      write(out.object(), member);
      out.end();
    }
    out.end();
  }

  static Member read(Fields in) {
    return new Member(
        in.user("user_id"), in.anyText("username", ANY), in.optionalText("email", ANY));
  }

  static List<Member> read(Fields in, String name) {
    return in.list(name, ANY, element -> read(Fields.asFields(name, element)));
  }
}
