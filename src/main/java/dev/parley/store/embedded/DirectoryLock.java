package dev.parley.store.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps a directory for one store, against other processes by a lock on a file, which the
/// operating system ends with the process.
///
/// POSIX locks belong to the process and end when it closes *any* descriptor of the file; therefore
/// the directories that this process holds are known here, and their file is not touched again.
final class DirectoryLock implements AutoCloseable {
  private static final String FILE = "parley.lock";
  private static final int MAX_PID_BYTES = 20;
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  sealed interface Attempt {
    record Held(DirectoryLock lock) implements Attempt {}

    /// @param pid of the process that has it, as it says itself
    record Taken(String pid) implements Attempt {}
  }

  static Attempt attempt(Path directory) throws IOException {
    Path real = directory.toRealPath();
    if (!HELD_HERE.add(real)) {
      return new Attempt.Taken(ownPid());
    }
    Attempt attempt = new Attempt.Taken("");
    try {
      attempt = lock(real);
      return attempt;
    } finally {
      if (attempt instanceof Attempt.Taken) {
        HELD_HERE.remove(real);
      }
    }
  }

  private static Attempt lock(Path directory) throws IOException {
    FileChannel channel = FileChannel.open(directory.resolve(FILE), CREATE, READ, WRITE);
    if (channel.tryLock() == null) {
      try (channel) {
        return new Attempt.Taken(read(channel));
      }
    }
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(ownPid().getBytes(StandardCharsets.US_ASCII)), 0);
    return new Attempt.Held(new DirectoryLock(directory, channel));
  }

  /// Lets the directory go. The file stays: deleting it would let two processes lock two files.
  @Override
  public void close() throws IOException {
    channel.close();
    HELD_HERE.remove(directory);
  }

  private static String ownPid() {
    return Long.toString(ProcessHandle.current().pid());
  }

  private static String read(FileChannel channel) throws IOException {
    var bytes = ByteBuffer.allocate(MAX_PID_BYTES);
    channel.read(bytes, 0);
    String text = StandardCharsets.US_ASCII.decode(bytes.flip()).toString().strip();
    return text.isEmpty() ? "unknown" : text;
  }

  /// Makes a directory that is not there, readable for its owner only.
  static void make(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Files.createDirectories(directory);
    if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
  }
}
