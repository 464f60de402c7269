package dev.parley.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads a whole text file. The loader's only access to the disk.
@FunctionalInterface
public interface TextFiles {
  /// The real disk.
  TextFiles DISK = Files::readString;

  String read(Path path) throws IOException;
}
