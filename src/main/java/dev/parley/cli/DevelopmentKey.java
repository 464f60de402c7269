package dev.parley.cli;

import dev.parley.config.Config;
import dev.parley.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The signing key that a server in development mode made up for this start, left in its data
/// directory (readable by its owner only) so that `parley token` can sign with it.
///
/// @param file where it lies
record DevelopmentKey(Path file) {
  private static final Logger LOG = LoggerFactory.getLogger(DevelopmentKey.class);

  static DevelopmentKey of(Config config) {
    return new DevelopmentKey(config.store().directory().resolve("development.key"));
  }

  /// Leaves the key of a running server. Without it the server works all the same.
  void leave(Secret key) {
    try {
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, key.value());
    } catch (IOException | UnsupportedOperationException e) {
      LOG.atWarn()
          .addKeyValue("file", file)
          .addKeyValue("error", e.toString())
          .log("`parley token` will not know this server's key");
    }
  }

  /// The key of the server that was started last in this directory.
  Optional<Secret> read() {
    try {
      return Optional.of(new Secret(Files.readString(file).strip()));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// Takes the key away again when its server stops.
  void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("file", file).addKeyValue("error", e.toString()).log("A key stays");
    }
  }
}
