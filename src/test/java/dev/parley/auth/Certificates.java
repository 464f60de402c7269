package dev.parley.auth;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;

/// Writes X.509 certificates, which the JDK only reads.
final class Certificates {
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;

  private Certificates() {}

  /// A certificate (RFC 5280) of an RSA key, signed by itself; it expired in 2001.
  static byte[] selfSigned(KeyPair keys) {
    var sha256WithRsa =
        der(SEQUENCE, new byte[] {6, 9, 42, -122, 72, -122, -9, 13, 1, 1, 11, 5, 0});
    var name =
        der(
            SEQUENCE,
            der(SET, der(SEQUENCE, new byte[] {6, 3, 85, 4, 3}, der(0x0c, ascii("test")))));
    var validity =
        der(SEQUENCE, der(0x17, ascii("000101000000Z")), der(0x17, ascii("010101000000Z")));
    var body =
        der(
            SEQUENCE,
            der(2, new byte[] {1}),
            sha256WithRsa,
            name,
            validity,
            name,
            keys.getPublic().getEncoded());
    return der(SEQUENCE, body, sha256WithRsa, der(3, new byte[1], sign(body, keys)));
  }

  private static byte[] sign(byte[] body, KeyPair keys) {
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(body);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// Tag, length, value; lengths up to 65,535.
  private static byte[] der(int tag, byte[]... parts) {
    var value = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      value.writeBytes(part);
    }
    var whole = new ByteArrayOutputStream();
    whole.write(tag);
    if (value.size() >= 128) {
      whole.write(0x82);
      whole.write(value.size() >> 8);
    }
    whole.write(value.size());
    whole.writeBytes(value.toByteArray());
    return whole.toByteArray();
  }
}
