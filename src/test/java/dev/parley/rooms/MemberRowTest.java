package dev.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Member;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MemberRowTest {
  private static final UserId ANN = new UserId("ann");
  private static final String KEY = MemberRow.key(new RoomName("lobby"), ANN);

  @Test
  void whatIsWrittenIsReadAgain() {
    for (Member member :
        new Member[] {
          new Member(ANN, "ann", Optional.empty()),
          new Member(ANN, "Ann", Optional.empty()),
          new Member(ANN, "Ann", Optional.of("ann@example.org"))
        }) {
      assertThat(MemberRow.member(KEY, MemberRow.text(member))).isEqualTo(member);
    }
  }

  @Test
  void fieldsOfNewerNodesAreIgnored() {
    Member named = new Member(ANN, "Ann", Optional.of("ann@example.org"));
    assertThat(MemberRow.member(KEY, "[\"Ann\",\"ann@example.org\",{\"later\":1}]"))
        .isEqualTo(named);
    Member without = new Member(ANN, "Ann", Optional.empty());
    assertThat(MemberRow.member(KEY, "[\"Ann\",\"\",1]")).isEqualTo(without);
    assertThat(MemberRow.member(KEY, "[\"Ann\",null,1]")).isEqualTo(without);
  }
}
