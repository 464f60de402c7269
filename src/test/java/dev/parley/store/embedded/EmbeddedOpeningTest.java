package dev.parley.store.embedded;

import static dev.parley.store.Await.await;
import static dev.parley.store.Samples.ROOM;
import static dev.parley.store.Samples.messages;
import static dev.parley.store.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.store.IdempotencyKey;
import dev.parley.store.Samples;
import io.vertx.core.Future;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// When a directory is opened, and when it is refused.
final class EmbeddedOpeningTest {
  private EmbeddedFixture fixture;

  @BeforeEach
  void setUp() throws Exception {
    fixture = EmbeddedFixture.create();
  }

  @AfterEach
  void tearDown() throws Exception {
    fixture.end();
  }

  @Test
  void aNewDirectoryIsItsOwnersAlone() throws Exception {
    await(fixture.open().close());
    var permissions = Files.getPosixFilePermissions(fixture.directory());
    assertThat(PosixFilePermissions.toString(permissions)).isEqualTo("rwx------");
  }

  @Test
  void aCleanEndLeavesOneFileAndTheLock() throws Exception {
    fill(10);
    try (var files = Files.list(fixture.directory())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("parley.db", "parley.lock");
    }
  }

  @Test
  void aDirectoryInUseByThisProcessIsRefused() throws Exception {
    EmbeddedStore store = fixture.open();
    assertThat(fixture.refusal())
        .isEqualTo(
            "The directory %s is in use by process %d"
                .formatted(fixture.directory(), ProcessHandle.current().pid()));
    assertThat(fixture.refusal()).contains("in use");
    assertThat(await(store.log().append(messages(ROOM, "a")))).isNotNull();
    await(store.close());
    await(fixture.open().close());
  }

  @Test
  void aDirectoryInUseByAnotherProcessIsRefused() throws Exception {
    try (var other = StoreProcess.holding(fixture.directory())) {
      assertThat(fixture.refusal())
          .isEqualTo(
              "The directory %s is in use by process %d"
                  .formatted(fixture.directory(), other.pid()));
    }
    await(fixture.open().close());
  }

  @Test
  void aDirectoryThatCannotBeMadeIsRefused() throws Exception {
    Files.createDirectories(fixture.root());
    Files.writeString(fixture.directory(), "a file");
    assertThat(fixture.refusal()).contains(fixture.directory().toString(), "cannot be used");
  }

  @Test
  void whatIsNoDatabaseIsRefused() throws Exception {
    Files.createDirectories(fixture.directory());
    Files.writeString(fixture.file(), "x".repeat(20_000));
    assertRefusedAsDamaged();
  }

  @Test
  void aDatabaseCutShortIsRefused() throws Exception {
    fill(2_000);
    long size = Files.size(fixture.file());
    for (long rest : new long[] {50, 4_096, size / 2, size - 4_096}) {
      try (var file = new RandomAccessFile(fixture.file().toFile(), "rw")) {
        file.setLength(Math.min(rest, file.length()));
      }
      assertRefusedAsDamaged();
      fixture.empty();
      fill(2_000);
    }
  }

  @Test
  void garbageInATreeIsRefused() throws Exception {
    fill(3_000);
    byte[] whole = Files.readAllBytes(fixture.file());
    long seed = Long.getLong("parley.test.seed", System.nanoTime());
    var random = new Random(seed);
    for (int round = 0; round < 10; round++) {
      byte[] broken = whole.clone();
      byte[] garbage = new byte[4_096];
      random.nextBytes(garbage);
      int page = random.nextInt(whole.length / 4_096);
      ByteBuffer.wrap(broken).put(page * 4_096, garbage);
      Files.write(fixture.file(), broken);
      assertThat(fixture.refusal()).as("page %d, seed %d", page, seed).contains("damaged");
      assertThat(Files.readAllBytes(fixture.file())).as("left as it was").isEqualTo(broken);
    }
  }

  @Test
  void aRefusalIsOneLineThatTellsWhatToDo() throws Exception {
    fill(10);
    try (var file = new RandomAccessFile(fixture.file().toFile(), "rw")) {
      file.setLength(file.length() - 4_096);
    }
    String line = fixture.refusal();
    assertThat(line).hasLineCount(1).contains("`parley backup`", fixture.file().toString());
  }

  @Test
  void afterARefusalTheDirectoryIsFree() throws Exception {
    fill(10);
    byte[] whole = Files.readAllBytes(fixture.file());
    Files.write(fixture.file(), new byte[20_000]);
    assertThat(fixture.refusal()).contains("damaged");
    Files.write(fixture.file(), whole);
    await(fixture.open().close());
  }

  @Test
  void aLogWithoutItsDatabaseIsRefused() throws Exception {
    crash();
    Files.delete(fixture.file());
    assertThat(fixture.refusal()).contains("missing", "parley.db-wal");
  }

  @Test
  void aCopyBesideAStrangeLogIsRefused() throws Exception {
    EmbeddedStore store = fixture.open();
    await(store.log().append(messages(ROOM, "copied")));
    var saved = (EmbeddedFixture.Copy) fixture.save(store);
    await(store.close());
    crash();
    Files.copy(saved.file(), fixture.file(), StandardCopyOption.REPLACE_EXISTING);
    assertThat(fixture.refusal()).contains("is a copy", "parley.db-wal");
    Files.delete(fixture.directory().resolve("parley.db-wal"));
    EmbeddedStore restored = fixture.open();
    assertThat(texts(await(restored.log().read(ROOM, 0, 10)))).containsExactly("copied");
    await(restored.close());
  }

  @Test
  void aLogLeftByACrashIsReadWithAndWithoutItsIndex() throws Exception {
    crash();
    Files.deleteIfExists(fixture.directory().resolve("parley.db-shm"));
    EmbeddedStore store = fixture.open();
    assertThat(texts(await(store.log().read(ROOM, 0, 10)))).containsExactly("in the log");
    await(store.close());
  }

  @Test
  void anotherProgramsDatabaseIsRefused() throws Exception {
    Files.createDirectories(fixture.directory());
    execute("CREATE TABLE theirs(a)");
    assertThat(fixture.refusal()).isEqualTo(fixture.file() + " is not a store of Parley");
  }

  @Test
  void aStoreOfANewerParleyIsRefused() throws Exception {
    fill(1);
    execute("INSERT INTO migration VALUES(999, 'later')");
    assertThat(fixture.refusal()).contains("newer Parley", "999");
  }

  @Test
  void aCheckThatTakesTooLongIsGivenUp() throws Exception {
    fill(20_000);
    EmbeddedOptions options = fixture.options().withCheckLimit(Duration.ZERO);
    await(fixture.open(options).close());
  }

  private void assertRefusedAsDamaged() throws Exception {
    assertThat(fixture.refusal()).contains("damaged").hasLineCount(1);
  }

  private void fill(int messages) throws Exception {
    EmbeddedStore store = fixture.open();
    var appends =
        IntStream.range(0, messages)
            .mapToObj(i -> store.log().append(messages(ROOM, "message " + i).withKey(key(i))))
            .toList();
    await(Future.all(appends));
    await(store.close());
  }

  private static IdempotencyKey key(int i) {
    return Samples.key("" + i);
  }

  /// Leaves the directory as a crash would: with a log that holds what the file does not.
  private void crash() throws Exception {
    EmbeddedStore store = fixture.open();
    await(store.log().append(messages(ROOM, "in the log")));
    Path left = Files.createDirectories(fixture.root().resolve("left"));
    for (String name : new String[] {"parley.db", "parley.db-wal"}) {
      copyWhileOpen(fixture.directory().resolve(name), left.resolve(name));
    }
    await(store.close());
    fixture.empty();
    for (String name : new String[] {"parley.db", "parley.db-wal"}) {
      Files.copy(left.resolve(name), fixture.directory().resolve(name));
    }
  }

  /// By another process: closing the file in this one would end SQLite's locks on it.
  private static void copyWhileOpen(Path from, Path to) throws Exception {
    Process process = new ProcessBuilder("cp", from.toString(), to.toString()).start();
    assertThat(process.waitFor()).isZero();
  }

  private void execute(String sql) throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + fixture.file());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
