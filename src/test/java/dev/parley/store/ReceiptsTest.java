package dev.parley.store;

import static dev.parley.kit.DomainKit.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.DomainKit;
import dev.parley.protocol.Position;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.UserId;
import dev.parley.store.Append.NewEvent;
import dev.parley.store.Receipt.Stretch;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReceiptsTest {
  private static final RoomName LOBBY = new RoomName("lobby");
  private static final StreamId STREAM = StreamId.of(LOBBY);
  private static final UserId ANN = new UserId("ann");

  private final DomainKit kit = new DomainKit(1);
  private final Receipts receipts = new Receipts(kit.store.records(), kit.store.log());

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void whatWasThereBeforeAUserTookPartIsNotTheirs() {
    append(3);
    await(receipts.begin(ANN, LOBBY));
    assertThat(await(receipts.of(ANN)).getOrDefault(STREAM, Receipt.NONE).seq()).isEqualTo(3);
  }

  @Test
  void aRoomWithoutHistoryIsNotedToo() {
    await(receipts.begin(ANN, LOBBY));
    assertThat(await(receipts.of(ANN))).isEqualTo(Map.of(STREAM, Receipt.NONE));
  }

  @Test
  void manyAtOnceLeaveNothingOut() {
    Position head = append(32);
    List<Future<Receipt>> raises = new ArrayList<>();
    List<Long> seqs = new ArrayList<>(LongStream.rangeClosed(1, 8).boxed().toList());
    Collections.shuffle(seqs);
    seqs.forEach(
        seq ->
            raises.add(
                receipts.raise(ANN, STREAM, 4 * (seq - 1), new Position(head.epoch(), 4 * seq))));
    await(Future.all(raises));
    assertThat(await(receipts.of(ANN)).getOrDefault(STREAM, Receipt.NONE).seq()).isEqualTo(32);
    assertThat(await(receipts.of(ANN)).getOrDefault(STREAM, Receipt.NONE).beyond()).isEmpty();
  }

  @Test
  void whatIsAboutALostHistoryCountsForNothing() {
    Position head = append(5);
    Receipt lost = new Receipt("another history", 4, List.of(new Stretch(6, 9)));
    assertThat(await(receipts.valid(STREAM, lost, head))).isEqualTo(Receipt.NONE);
    Receipt good = new Receipt(head.epoch(), 4, List.of());
    assertThat(await(receipts.valid(STREAM, good, head))).isEqualTo(good);
    await(receipts.raise(ANN, STREAM, 0, new Position("another history", 5)));
    assertThat(await(receipts.raise(ANN, STREAM, 4, head)))
        .isEqualTo(new Receipt(head.epoch(), 0, List.of(new Stretch(4, 5))));
  }

  private Position append(int events) {
    Position last = Position.START;
    for (int i = 0; i < events; i++) {
      AppendResult result =
          await(kit.store.log().append(Append.of(STREAM, new NewEvent(new byte[] {1}, true))));
      last = ((AppendResult.Appended) result).last().position();
    }
    return last;
  }
}
