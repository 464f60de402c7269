package dev.parley.auth;

import dev.parley.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// One key with the algorithm that it is for; nothing else can be done with it. Any thread may use
/// it.
sealed interface SignatureCheck {
  boolean verifies(byte[] signed, byte[] signature);

  /// HS256: a few microseconds.
  record Hmac(SecretKeySpec key) implements SignatureCheck {
    private static final String NAME = "HmacSHA256";

    /// @throws IllegalArgumentException if the secret is empty, or a public key put there by
    ///   mistake: everybody knows that one, so anybody could sign with it
    static Hmac of(Secret secret) {
      if (secret.value().isEmpty() || secret.value().contains("-----BEGIN")) {
        throw new IllegalArgumentException("auth.secret must be a secret, not empty and not a key");
      }
      return new Hmac(new SecretKeySpec(secret.value().getBytes(StandardCharsets.UTF_8), NAME));
    }

    byte[] sign(byte[] bytes) {
      try {
        var mac = Mac.getInstance(NAME);
        mac.init(key);
        return mac.doFinal(bytes);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public boolean verifies(byte[] signed, byte[] signature) {
      return MessageDigest.isEqual(sign(signed), signature);
    }
  }

  /// RS256 or ES256: tens to hundreds of microseconds, so never on an event loop.
  record Public(PublicKey key, String name) implements SignatureCheck {
    static final String RS256 = "SHA256withRSA";

    /// The signature of a JWT is the bare pair of numbers, not DER.
    static final String ES256 = "SHA256withECDSAinP1363Format";

    @Override
    public boolean verifies(byte[] signed, byte[] signature) {
      try {
        var check = Signature.getInstance(name);
        check.initVerify(key);
        check.update(signed);
        return check.verify(signature);
      } catch (GeneralSecurityException e) {
        // A signature of the wrong length or shape; the key itself was checked when it was read.
        return false;
      }
    }
  }
}
