package dev.parley.auth;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes tokens of any kind, those too that nobody should take.
final class Tokens {
  static final String SECRET_TEXT = "0123456789abcdef0123456789abcdef";
  static final byte[] SECRET = SECRET_TEXT.getBytes(StandardCharsets.US_ASCII);

  private Tokens() {}

  static String hs256(String payload) {
    return hs256("{\"alg\":\"HS256\"}", payload, SECRET);
  }

  static String hs256(String header, String payload, byte[] key) {
    var signed = base64(header) + '.' + base64(payload);
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return signed + '.' + base64(mac.doFinal(bytes(signed)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String rs256(String header, String payload, PrivateKey key) {
    return signed(header, payload, key, "SHA256withRSA");
  }

  static String es256(String header, String payload, PrivateKey key) {
    return signed(header, payload, key, "SHA256withECDSAinP1363Format");
  }

  static String signed(String header, String payload, PrivateKey key, String algorithm) {
    var signed = base64(header) + '.' + base64(payload);
    try {
      var signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(bytes(signed));
      return signed + '.' + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static KeyPair rsaKeys(int bits) {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static KeyPair ecKeys(String curve) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /// A key as an issuer publishes it.
  static JsonObject jwk(String id, KeyPair keys) {
    return switch (keys.getPublic()) {
      case RSAPublicKey rsa ->
          new JsonObject()
              .put("kty", "RSA")
              .put("use", "sig")
              .put("kid", id)
              .put("n", base64(rsa.getModulus().toByteArray()))
              .put("e", base64(rsa.getPublicExponent().toByteArray()));
      case ECPublicKey ec ->
          new JsonObject()
              .put("kty", "EC")
              .put("crv", "P-256")
              .put("kid", id)
              .put("x", base64(ec.getW().getAffineX().toByteArray()))
              .put("y", base64(ec.getW().getAffineY().toByteArray()));
      default -> throw new AssertionError("no such key");
    };
  }

  static String keySet(JsonObject... keys) {
    return new JsonObject().put("keys", List.of(keys)).encode();
  }

  static String pem(String label, byte[] der) {
    var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
  }

  static String base64(String text) {
    return base64(bytes(text));
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
