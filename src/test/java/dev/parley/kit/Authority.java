package dev.parley.kit;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Who signs certificates for 127.0.0.1, with the JDK's keytool.
public final class Authority {
  private static final String PASSWORD = "changeit";
  private static final String SELF = "authority";

  private final Path directory;
  private final Path store;

  private Authority(Path directory) {
    this.directory = directory;
    this.store = directory.resolve("authority.p12");
  }

  /// @param directory for its files; it must exist
  public static Authority make(Path directory) throws Exception {
    Authority authority = new Authority(directory);
    authority.generate(SELF, "-ext", "bc:c");
    authority.write(authority.certificate(), "CERTIFICATE", authority.read().getCertificate(SELF));
    return authority;
  }

  /// Its own certificate, PEM.
  public Path certificate() {
    return directory.resolve("authority.pem");
  }

  /// Files with a chain and a key.
  public record Issued(Path chain, Path key) {}

  public Issued issue(String name) throws Exception {
    generate(name, "-ext", "san=ip:127.0.0.1", "-signer", SELF);
    KeyStore keys = read();
    Issued issued = new Issued(directory.resolve(name + ".pem"), directory.resolve(name + ".key"));
    write(issued.chain(), "CERTIFICATE", keys.getCertificateChain(name));
    Key key = keys.getKey(name, PASSWORD.toCharArray());
    Files.writeString(issued.key(), pem("PRIVATE KEY", key.getEncoded()));
    return issued;
  }

  private void generate(String alias, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + alias,
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
    command.addAll(List.of(options));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    if (keytool.waitFor() != 0) {
      throw new AssertionError(said);
    }
  }

  private KeyStore read() throws Exception {
    return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
  }

  private void write(Path file, String label, Certificate... certificates) throws Exception {
    StringBuilder text = new StringBuilder();
    for (Certificate certificate : certificates) {
      text.append(pem(label, certificate.getEncoded()));
    }
    Files.writeString(file, text);
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(der), label);
  }
}
