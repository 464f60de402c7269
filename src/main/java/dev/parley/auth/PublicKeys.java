package dev.parley.auth;

import dev.parley.auth.SignatureCheck.Public;
import dev.parley.config.Algorithm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;

/// Public keys, each checked to be one that its algorithm may be used with.
final class PublicKeys {
  private static final int MIN_RSA_BITS = 2048;
  private static final int MAX_RSA_BITS = 8192;
  private static final int MAX_EXPONENT_BITS = 64;
  private static final ECParameterSpec P256 = p256();

  private PublicKeys() {}

  /// Reads a key file. Blocks; for start-up.
  ///
  /// @throws IllegalArgumentException if there is no such key in it; the message says why, for
  ///   whoever wrote the configuration
  static Public read(Algorithm algorithm, Path file) {
    try {
      var pem = Pem.parse(Files.readString(file)).orElseThrow(() -> bad("is not a PEM file"));
      return of(algorithm, parse(algorithm, pem));
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read the key file " + file, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the key file " + file + " " + e.getMessage(), e);
    }
  }

  static Public rsa(BigInteger modulus, BigInteger exponent) throws GeneralSecurityException {
    var spec = new RSAPublicKeySpec(modulus, exponent);
    return of(Algorithm.RS256, KeyFactory.getInstance("RSA").generatePublic(spec));
  }

  static Public p256(BigInteger x, BigInteger y) throws GeneralSecurityException {
    var spec = new ECPublicKeySpec(new ECPoint(x, y), P256);
    return of(Algorithm.ES256, KeyFactory.getInstance("EC").generatePublic(spec));
  }

  private static PublicKey parse(Algorithm algorithm, Pem pem) throws GeneralSecurityException {
    return switch (pem.label()) {
      case "PUBLIC KEY" ->
          KeyFactory.getInstance(algorithm == Algorithm.RS256 ? "RSA" : "EC")
              .generatePublic(new X509EncodedKeySpec(pem.der()));
      // Only its key counts: whoever configures a certificate trusts it, expired or not.
      case "CERTIFICATE" ->
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem.der()))
              .getPublicKey();
      default -> throw bad("holds a " + pem.label() + ", not a PUBLIC KEY or a CERTIFICATE");
    };
  }

  private static Public of(Algorithm algorithm, PublicKey key) throws GeneralSecurityException {
    if (algorithm == Algorithm.RS256 && key instanceof RSAPublicKey rsa && isStrong(rsa)) {
      return new Public(key, Public.RS256);
    }
    if (algorithm == Algorithm.ES256 && key instanceof ECPublicKey ec && isOnP256(ec)) {
      return new Public(key, Public.ES256);
    }
    throw bad("holds no key for " + algorithm + " (RSA of 2048 to 8192 bits, or EC on P-256)");
  }

  private static boolean isStrong(RSAPublicKey key) {
    int bits = key.getModulus().bitLength();
    var exponent = key.getPublicExponent();
    return bits >= MIN_RSA_BITS
        && bits <= MAX_RSA_BITS
        && exponent.testBit(0)
        && exponent.bitLength() >= 2
        && exponent.bitLength() <= MAX_EXPONENT_BITS;
  }

  /// Whether the key is a point of the curve, y² = x³ + ax + b (mod p).
  private static boolean isOnP256(ECPublicKey key) {
    var curve = P256.getCurve();
    var p = ((ECFieldFp) curve.getField()).getP();
    var x = key.getW().getAffineX();
    var y = key.getW().getAffineY();
    return key.getParams().getCurve().equals(curve)
        && key.getParams().getOrder().equals(P256.getOrder())
        && isInField(x, p)
        && isInField(y, p)
        && y.multiply(y)
            .mod(p)
            .equals(x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).mod(p));
  }

  private static boolean isInField(BigInteger n, BigInteger p) {
    return n.signum() >= 0 && n.compareTo(p) < 0;
  }

  private static ECParameterSpec p256() {
    try {
      var parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec("secp256r1"));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static GeneralSecurityException bad(String what) {
    return new GeneralSecurityException(what);
  }
}
