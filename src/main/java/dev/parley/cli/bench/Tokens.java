package dev.parley.cli.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Where a user's token comes from. Used by one thread.
interface Tokens {
  Duration PATIENCE = Duration.ofSeconds(30);

  Optional<String> of(String user);

  /// For servers that ask for none.
  static Tokens none() {
    return user -> Optional.empty();
  }

  /// Signs tokens with the server's own HS256 secret; they hold for a day.
  static Tokens signedWith(String secret, Instant now) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      String head = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));
      return user -> Optional.of(sign(mac, head + "." + base64(claims(user, now))));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new UsageException("--secret cannot be used: " + e.getMessage());
    }
  }

  /// Asks a server in development mode, one request for each user.
  static Tokens askedOf(Plan.Target target) {
    HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    URI uri = URI.create("http://" + target.authority() + "/dev/token");
    return user -> Optional.of(ask(client, uri, user));
  }

  private static byte[] claims(String user, Instant now) {
    return new JsonObject()
        .put("sub", user)
        .put("username", user)
        .put("iat", now.getEpochSecond())
        .put("exp", now.plus(Duration.ofDays(1)).getEpochSecond())
        .toBuffer()
        .getBytes();
  }

  private static String sign(Mac mac, String content) {
    byte[] signature = mac.doFinal(content.getBytes(StandardCharsets.US_ASCII));
    return content + "." + base64(signature);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String ask(HttpClient client, URI uri, String user) {
    String body = new JsonObject().put("user_id", user).encode();
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      var response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new NotMeasuredException(
            "POST /dev/token answered " + response.statusCode() + "; give --secret");
      }
      return new JsonObject(response.body()).getString("token");
    } catch (IOException e) {
      throw new NotMeasuredException("POST " + uri + ": " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotMeasuredException("interrupted");
    }
  }
}
