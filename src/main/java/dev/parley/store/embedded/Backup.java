package dev.parley.store.embedded;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Set;

/// Consistent copies of a store. A copy is one SQLite file without a log, as of one commit; it
/// takes the name asked for only when all of it is on the disk.
///
/// Any process of the same user may copy while a server has the store open: it only reads, and
/// SQLite's own locks keep both apart.
public final class Backup {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private Backup() {}

  /// How a copy ended.
  public sealed interface Outcome {
    record Copied(Path target, long bytes) implements Outcome {}

    /// @param line why there is no copy, in one line for the operator
    record Refused(String line) implements Outcome {}
  }

  /// Copies the store of a directory, whether or not a server has it open. Blocks as long as it
  /// takes.
  ///
  /// @param target must not exist
  public static Outcome copy(Path directory, Path target) {
    try {
      return new Outcome.Copied(target, copy(new Database(directory), target));
    } catch (FileAlreadyExistsException e) {
      return new Outcome.Refused(e.getFile() + " exists already");
    } catch (NoSuchFileException e) {
      return new Outcome.Refused("There is no " + e.getFile());
    } catch (IOException | SQLException e) {
      return new Outcome.Refused("No copy of " + directory + " was made: " + e.getMessage());
    }
  }

  static long copy(Database database, Path target) throws IOException, SQLException {
    Path whole = target.toAbsolutePath();
    Path folder = whole.resolveSibling("");
    Path part = folder.resolve("." + whole.getFileName() + ".part");
    if (Files.exists(whole)) {
      throw new FileAlreadyExistsException(whole.toString());
    }
    ensureExists(database.file());
    ensureExists(folder);
    Files.deleteIfExists(part);
    try {
      createForOwner(part);
      copyInto(part, database);
      sync(part, WRITE);
      Files.move(part, whole);
      sync(folder, READ);
      return Files.size(whole);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void ensureExists(Path path) throws NoSuchFileException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
  }

  /// An empty file is copied into; it keeps its permissions.
  private static void createForOwner(Path part) throws IOException {
    if (part.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(part, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } else {
      Files.createFile(part);
    }
  }

  private static void copyInto(Path part, Database database) throws SQLException {
    try (var connection = database.openReader();
        var statement = connection.prepareStatement("VACUUM INTO ?")) {
      statement.setString(1, part.toString());
      statement.execute();
    }
  }

  private static void sync(Path path, OpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }
}
