package dev.parley.auth;

import dev.parley.config.Algorithm;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// One GET for a key set: bounded in time and size, no redirects (they would let the answer choose
/// where keys come from), certificates checked.
final class KeySetFetch {
  private static final int MAX_BYTES = 256 * 1024;

  private final HttpClient client;
  private final URI url;
  private final Algorithm algorithm;
  private final Duration maxTime;

  KeySetFetch(Vertx vertx, URI url, Algorithm algorithm, Duration maxTime) {
    this.url = url;
    this.algorithm = algorithm;
    this.maxTime = maxTime;
    var options =
        new HttpClientOptions()
            .setConnectTimeout((int) maxTime.toMillis())
            .setVerifyHost(true)
            .setKeepAlive(false);
    client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(1));
  }

  Future<KeySet> fetch() {
    var request =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(url.toString())
            .setFollowRedirects(false)
            .putHeader("Accept", "application/jwk-set+json, application/json");
    return client.request(request).compose(this::exchange).compose(this::parse);
  }

  Future<Void> close() {
    return client.close();
  }

  private Future<Buffer> exchange(HttpClientRequest request) {
    return request
        .send()
        .compose(this::body)
        .timeout(maxTime.toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(_ -> request.reset());
  }

  private Future<Buffer> body(HttpClientResponse response) {
    Promise<Buffer> whole = Promise.promise();
    response.exceptionHandler(whole::tryFail);
    if (response.statusCode() != 200) {
      return Future.failedFuture("answered with status " + response.statusCode());
    }
    var body = Buffer.buffer();
    response.endHandler(_ -> whole.tryComplete(body));
    response.handler(
        part -> {
          if (body.length() + part.length() > MAX_BYTES) {
            whole.tryFail("answered with more than " + MAX_BYTES + " bytes");
          } else {
            body.appendBuffer(part);
          }
        });
    return whole.future();
  }

  private Future<KeySet> parse(Buffer body) {
    return KeySet.parse(body, algorithm)
        .map(Future::succeededFuture)
        .orElseGet(() -> Future.failedFuture("answered with no key for " + algorithm));
  }
}
