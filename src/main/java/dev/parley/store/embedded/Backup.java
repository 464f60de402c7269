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
import java.sql.SQLException;

/// Consistent copies of a store. A copy is one SQLite file without a log, as of one commit; it
/// takes the name asked for only when all of it is on the disk.
///
/// Any process of the same user may copy while a server has the store open: it only reads, and
/// SQLite's own locks keep both apart.
public final class Backup {
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
    Path part = whole.resolveSibling("." + whole.getFileName() + ".part");
    if (Files.exists(whole)) {
      throw new FileAlreadyExistsException(whole.toString());
    }
    if (!Files.exists(database.file())) {
      throw new NoSuchFileException(database.file().toString());
    }
    Files.deleteIfExists(part);
    try {
      copyInto(part, database);
      sync(part, WRITE);
      Files.move(part, whole);
      sync(whole.resolveSibling("."), READ);
      return Files.size(whole);
    } finally {
      Files.deleteIfExists(part);
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
