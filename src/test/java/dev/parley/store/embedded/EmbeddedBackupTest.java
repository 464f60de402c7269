package dev.parley.store.embedded;

import static dev.parley.store.Await.await;
import static dev.parley.store.Await.failureOf;
import static dev.parley.store.Samples.OTHER;
import static dev.parley.store.Samples.ROOM;
import static dev.parley.store.Samples.bytes;
import static dev.parley.store.Samples.messages;
import static dev.parley.store.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.store.Append;
import dev.parley.store.Append.RecordPut;
import dev.parley.store.StoreUnavailableException;
import dev.parley.store.StoredEvent;
import dev.parley.store.embedded.Backup.Outcome.Copied;
import dev.parley.store.embedded.Backup.Outcome.Refused;
import io.vertx.core.Future;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Copies of a store, made by the server and by another process.
final class EmbeddedBackupTest {
  private EmbeddedFixture fixture;
  private EmbeddedStore store;

  @BeforeEach
  void setUp() throws Exception {
    fixture = EmbeddedFixture.create();
    store = fixture.open();
  }

  @AfterEach
  void tearDown() throws Exception {
    await(store.close());
    fixture.end();
  }

  @Test
  void aCopyMadeUnderLoadIsOneMomentOfTheStore() throws Exception {
    var stopped = new AtomicBoolean();
    await(store.log().append(both(0)));
    Future<Void> load = appendUntil(stopped, 1);
    Path copy = fixture.root().resolve("copy.db");
    await(store.backup(copy));
    long reached = await(store.log().head(ROOM)).position().seq();
    stopped.set(true);
    await(load);
    assertThat(reached).isPositive();
    assertWhole(copy);
  }

  /// Every append writes to both a stream and a record, so a copy that tears one apart shows.
  private Future<Void> appendUntil(AtomicBoolean stopped, int i) {
    if (stopped.get()) {
      return Future.succeededFuture();
    }
    return store.log().append(both(i)).compose(_ -> appendUntil(stopped, i + 1));
  }

  private static Append both(int i) {
    return messages(ROOM, "m" + i).withPuts(List.of(RecordPut.of("last", bytes("m" + i))));
  }

  private void assertWhole(Path copy) throws Exception {
    await(store.close());
    fixture.restore(new EmbeddedFixture.Copy(copy));
    store = fixture.open();
    long seq = await(store.log().head(ROOM)).position().seq();
    StoredEvent last = await(store.log().read(ROOM, seq - 1, 1)).getFirst();
    var record = await(store.records().get(ROOM, "last")).orElseThrow();
    assertThat(record.seq()).isEqualTo(seq);
    assertThat(record.value()).isEqualTo(last.payload());
  }

  @Test
  void aCopyIsOneFileThatNeedsNoLog() throws Exception {
    await(store.log().append(messages(ROOM, "a")));
    Path copy = fixture.root().resolve("copy.db");
    await(store.backup(copy));
    try (var files = Files.list(fixture.root())) {
      assertThat(files).containsExactlyInAnyOrder(copy, fixture.directory());
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("rw-------");
  }

  @Test
  void nothingIsOverwritten() throws Exception {
    Path copy = Files.writeString(fixture.root().resolve("copy.db"), "precious");
    assertThat(failureOf(store.backup(copy))).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(Files.readString(copy)).isEqualTo("precious");
  }

  @Test
  void aCopyThatCannotBeMadeLeavesNothingAndIsTriedAgain() throws Exception {
    Path missing = fixture.root().resolve("missing");
    Path nowhere = missing.resolve("copy.db");
    assertThat(failureOf(store.backup(nowhere)))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(missing.toString());
    Files.createDirectories(missing);
    await(store.backup(nowhere));
    assertThat(nowhere).isNotEmptyFile();
  }

  @Test
  void whatAKilledCopyLeftIsReplaced() throws Exception {
    Files.writeString(fixture.root().resolve(".copy.db.part"), "half a copy");
    await(store.backup(fixture.root().resolve("copy.db")));
    assertThat(fixture.root().resolve(".copy.db.part")).doesNotExist();
  }

  @Test
  void aClosedStoreMakesNoCopy() throws Exception {
    await(store.close());
    assertThat(failureOf(store.backup(fixture.root().resolve("copy.db"))))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void anotherProcessCopiesAStoreInUse() throws Exception {
    await(store.log().append(messages(ROOM, "a")));
    await(store.log().append(messages(OTHER, "b")));
    Path copy = fixture.root().resolve("copy.db");
    try (var other =
        StoreProcess.running(
            Copier.class, List.of(fixture.directory().toString(), copy.toString()))) {
      assertThat(other.lines().lines().toList()).contains("Copied " + copy);
    }
    await(store.log().append(messages(ROOM, "later")));
    await(store.close());
    fixture.restore(new EmbeddedFixture.Copy(copy));
    store = fixture.open();
    assertThat(texts(await(store.log().read(ROOM, 0, 10)))).containsExactly("a");
    assertThat(texts(await(store.log().read(OTHER, 0, 10)))).containsExactly("b");
  }

  @Test
  void aStoreThatIsNotOpenIsCopiedToo() throws Exception {
    await(store.log().append(messages(ROOM, "a")));
    await(store.close());
    Path copy = fixture.root().resolve("copy.db");
    assertThat(Backup.copy(fixture.directory(), copy))
        .isEqualTo(new Copied(copy, Files.size(copy)));
    assertThat(Backup.copy(fixture.directory(), copy))
        .isEqualTo(new Refused(copy + " exists already"));
    store = fixture.open();
    assertThat(texts(await(store.log().read(ROOM, 0, 10)))).containsExactly("a");
  }

  @Test
  void whereNoStoreIsThereIsNoCopy() {
    Path nowhere = fixture.root().resolve("nowhere");
    assertThat(Backup.copy(nowhere, fixture.root().resolve("copy.db")))
        .isEqualTo(new Refused("There is no " + nowhere.resolve("parley.db")));
  }

  /// Copies the store of a directory, as the command line does.
  static final class Copier {
    private Copier() {}

    public static void main(String[] arguments) {
      System.out.println(
          switch (Backup.copy(Path.of(arguments[0]), Path.of(arguments[1]))) {
            case Copied(Path target, long _) -> "Copied " + target;
            case Refused(String line) -> line;
          });
    }
  }
}
