package dev.parley.store;

import dev.parley.protocol.UserId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Names an append, so that it is stored once however often it is sent: 16 bytes, the first half of
/// a SHA-256. Kept for 24 h or for the stream's newest 100,000.
public record IdempotencyKey(long high, long low) {

  /// The key of what a user's client calls `clientId` within one stream.
  public static IdempotencyKey of(UserId user, String clientId) {
    ByteBuffer hash = ByteBuffer.wrap(sha256(user.value() + '\n' + clientId));
    return new IdempotencyKey(hash.getLong(), hash.getLong());
  }

  public static IdempotencyKey fromBytes(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new IdempotencyKey(buffer.getLong(), buffer.getLong());
  }

  public byte[] toBytes() {
    return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
