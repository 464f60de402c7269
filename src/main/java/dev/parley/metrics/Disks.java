package dev.parley.metrics;

import dev.parley.protocol.SystemSample.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/// The disk that a directory is on. What only the superuser may fill counts as used.
final class Disks {
  private Disks() {}

  static Disk of(Path directory) {
    try {
      FileStore store = Files.getFileStore(existing(directory.toAbsolutePath()));
      long total = store.getTotalSpace();
      long free = Math.min(total, store.getUsableSpace());
      return new Disk(total, total - free, free, Samples.percent(total - free, total));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Itself, or what it will be made in.
  private static Path existing(Path directory) {
    Path parent = directory.getParent();
    return parent == null || Files.exists(directory) ? directory : existing(parent);
  }
}
