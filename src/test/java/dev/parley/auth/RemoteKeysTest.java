package dev.parley.auth;

import static dev.parley.auth.Tokens.jwk;
import static dev.parley.auth.Tokens.keySet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.auth.Verdict.Refused;
import dev.parley.config.Algorithm;
import dev.parley.config.Config;
import dev.parley.observe.Health;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.URI;
import java.security.KeyPair;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// An issuer that publishes its keys over HTTP, changes them, goes away, and lies.
@Timeout(30)
final class RemoteKeysTest {
  private static final String ALICE = "{\"sub\":\"alice\"}";
  private static final KeyPair FIRST = Tokens.ecKeys("secp256r1");
  private static final KeyPair SECOND = Tokens.ecKeys("secp256r1");
  private static final KeyPair RSA = Tokens.rsaKeys(2048);

  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicLong nanos = new AtomicLong(1);
  private volatile Consumer<HttpServerRequest> answer = request -> publish(request, FIRST);
  private Vertx vertx;
  private HttpServer server;

  /// Opened by each test, once the issuer is as it needs it.
  @SuppressWarnings("NullAway.Init")
  private TokenVerifier verifier;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    server = vertx.createHttpServer().requestHandler(this::onRequest);
    server.listen(0, "127.0.0.1").await();
  }

  @AfterEach
  void close() {
    verifier.close().await();
    vertx.close().await();
  }

  @Test
  void tokensAreCheckedWithThePublishedKeys() {
    verify();
    assertThat(isGood(token("k1", FIRST))).isTrue();
    assertThat(refusal(token("k1", SECOND))).isEqualTo(Refusal.SIGNATURE);
    assertThat(verifier.health()).isEqualTo(Health.HEALTHY);
    assertThat(requests).hasValue(1);
  }

  @Test
  void rotatedKeyIsFetchedWhenATokenNamesIt() {
    verify();
    assertThat(isGood(token("k1", FIRST))).isTrue();
    answer = request -> publish(request, FIRST, SECOND);
    passPause();
    assertThat(isGood(token("k2", SECOND))).isTrue();
    assertThat(isGood(token("k1", FIRST))).isTrue();
    answer = request -> respond(request, keySet(jwk("k2", SECOND)));
    passPause();
    assertThat(refusal(token("k3", SECOND))).isEqualTo(Refusal.UNKNOWN_KEY);
    assertThat(refusal(token("k1", FIRST))).isEqualTo(Refusal.UNKNOWN_KEY);
  }

  @Test
  void inventedKeyIdsCauseOneRequestInThirtySeconds() {
    verify();
    assertThat(isGood(token("k1", FIRST))).isTrue();
    passPause();
    for (int i = 0; i < 200; i++) {
      assertThat(refusal(token("../../" + i, FIRST))).isEqualTo(Refusal.UNKNOWN_KEY);
    }
    assertThat(requests).hasValue(2);
    nanos.addAndGet(Duration.ofSeconds(30).toNanos());
    assertThat(refusal(token("another", FIRST))).isEqualTo(Refusal.UNKNOWN_KEY);
    assertThat(requests).hasValue(3);
  }

  @Test
  void tokensThatComeWhileKeysAreFetchedWaitForThem() {
    Promise<Void> gate = Promise.promise();
    answer = request -> gate.future().onSuccess(_ -> publish(request, FIRST));
    verify();
    var verdicts = new ArrayList<Future<Verdict>>();
    for (int i = 0; i < 50; i++) {
      verdicts.add(verifier.verify(token("k1", FIRST)));
    }
    assertThat(verdicts).noneMatch(Future::isComplete);
    gate.complete();
    assertThat(verdicts).allMatch(verdict -> verdict.await() instanceof Verdict.Verified);
    assertThat(requests).hasValue(1);
  }

  @Test
  void keysAreKeptWhileTheIssuerIsDown() {
    verify();
    assertThat(isGood(token("k1", FIRST))).isTrue();
    server.close().await();
    passPause();
    // Whose fault an unknown key is, nobody can tell now.
    assertThat(refusal(token("k2", SECOND))).isEqualTo(Refusal.UNAVAILABLE);
    assertThat(isGood(token("k1", FIRST))).isTrue();
    assertThat(verifier.health()).isInstanceOf(Health.Degraded.class);
  }

  @Test
  void issuerThatIsDownAtStartIsAskedAgain() {
    answer = request -> request.response().setStatusCode(503).end();
    verify();
    assertThat(refusal(token("k1", FIRST))).isEqualTo(Refusal.UNAVAILABLE);
    assertThat(verifier.health()).isInstanceOf(Health.Unhealthy.class);
    answer = request -> publish(request, FIRST);
    passPause();
    assertThat(isGood(token("k1", FIRST))).isTrue();
    assertThat(verifier.health()).isEqualTo(Health.HEALTHY);
  }

  @Test
  void tokenWithoutKeyIdIsCheckedWithTheOnlyKey() {
    verify();
    var token = Tokens.es256("{\"alg\":\"ES256\"}", ALICE, FIRST.getPrivate());
    assertThat(isGood(token)).isTrue();
    answer = request -> publish(request, FIRST, SECOND);
    passPause();
    assertThat(isGood(token("k2", SECOND))).isTrue();
    assertThat(refusal(token)).isEqualTo(Refusal.UNKNOWN_KEY);
  }

  @Test
  void tokenNeverSaysWhereKeysAre() {
    verify();
    var header =
        new JsonObject()
            .put("alg", "ES256")
            .put("kid", "k1")
            .put("jku", url("/evil").toString())
            .put("x5u", url("/evil").toString())
            .put("jwk", jwk("k1", SECOND));
    assertThat(refusal(Tokens.es256(header.encode(), ALICE, SECOND.getPrivate())))
        .isEqualTo(Refusal.SIGNATURE);
    assertThat(requests).hasValue(1);
  }

  static Stream<Arguments> uselessKeys() {
    var weak = jwk("k1", Tokens.rsaKeys(1024));
    var off = jwk("k1", FIRST).put("y", jwk("k1", SECOND).getString("y"));
    return Stream.of(
        Arguments.of("not JSON", "keys"),
        Arguments.of("null", "null"),
        Arguments.of("a list", "[]"),
        Arguments.of("no keys", "{}"),
        Arguments.of("keys a text", "{\"keys\":\"k1\"}"),
        Arguments.of("keys empty", keySet()),
        Arguments.of("keys of odd kinds", "{\"keys\":[1,null,\"k\",[],{}]}"),
        Arguments.of("deep", "{\"keys\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}"),
        Arguments.of("for encryption", keySet(jwk("k1", FIRST).put("use", "enc"))),
        Arguments.of(
            "for wrapping keys",
            keySet(jwk("k1", FIRST).put("key_ops", new JsonArray().add("wrapKey")))),
        Arguments.of("for another algorithm", keySet(jwk("k1", FIRST).put("alg", "ES384"))),
        Arguments.of("RSA where EC is configured", keySet(jwk("k1", RSA))),
        Arguments.of(
            "a secret",
            keySet(new JsonObject().put("kty", "oct").put("kid", "k1").put("k", "AAAA"))),
        Arguments.of("weak RSA", keySet(weak)),
        Arguments.of("a point off the curve", keySet(off)),
        Arguments.of("another curve", keySet(jwk("k1", FIRST).put("crv", "P-384"))),
        Arguments.of("numbers missing", keySet(jwk("k1", FIRST).put("x", ""))),
        Arguments.of("numbers no base64", keySet(jwk("k1", FIRST).put("x", "%%"))),
        Arguments.of("endless numbers", keySet(jwk("k1", FIRST).put("x", "A".repeat(5_000)))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("uselessKeys")
  void keySetWithoutAUsableKeyIsAFailure(String name, String body) {
    answer = request -> respond(request, body);
    verify();
    assertThat(refusal(token("k1", FIRST))).isEqualTo(Refusal.UNAVAILABLE);
    assertThat(verifier.health()).isInstanceOf(Health.Unhealthy.class);
  }

  @Test
  void usableKeysAreFoundAmongOthers() {
    var keys = keySet(new JsonObject().put("kty", "oct"), jwk("rsa", RSA), jwk("k1", FIRST));
    answer = request -> respond(request, keys);
    verify();
    assertThat(isGood(token("k1", FIRST))).isTrue();
    assertThat(refusal(token("rsa", FIRST))).isEqualTo(Refusal.UNKNOWN_KEY);
  }

  @Test
  void rsaKeysArePublishedToo() {
    answer = request -> respond(request, keySet(jwk("k1", RSA)));
    verify("RS256");
    var header = "{\"alg\":\"RS256\",\"kid\":\"k1\"}";
    assertThat(isGood(Tokens.rs256(header, ALICE, RSA.getPrivate()))).isTrue();
  }

  @Test
  void redirectIsNotFollowed() {
    answer =
        request -> {
          if (request.path().equals("/keys")) {
            request.response().setStatusCode(302).putHeader("Location", "/elsewhere").end();
          } else {
            publish(request, FIRST);
          }
        };
    verify();
    assertThat(refusal(token("k1", FIRST))).isEqualTo(Refusal.UNAVAILABLE);
    assertThat(requests).hasValue(1);
  }

  @Test
  void endlessAnswerIsCutOff() {
    answer =
        request -> {
          request.response().setChunked(true);
          pour(request);
        };
    verify();
    assertThat(refusal(token("k1", FIRST))).isEqualTo(Refusal.UNAVAILABLE);
  }

  @Test
  void silentIssuerIsGivenUp() {
    answer = _ -> {};
    var silent = new KeySetFetch(vertx, url("/keys"), Algorithm.ES256, Duration.ofMillis(200));
    assertThat(silent.fetch().transform(result -> Future.succeededFuture(result.failed())).await())
        .isTrue();
    silent.close().await();
    answer = request -> publish(request, FIRST);
    verify();
  }

  @Test
  void tokensThatWaitForKeysAreBounded() {
    Promise<Void> gate = Promise.promise();
    answer = request -> gate.future().onSuccess(_ -> publish(request, FIRST));
    verify();
    var token = token("k1", FIRST);
    var waiting = new ArrayList<Future<Verdict>>();
    for (int i = 0; i < 1_024; i++) {
      waiting.add(verifier.verify(token));
    }
    assertThat(refusal(token)).isEqualTo(Refusal.UNAVAILABLE);
    gate.complete();
    assertThat(waiting).allMatch(verdict -> verdict.await() instanceof Verdict.Verified);
    assertThat(isGood(token)).isTrue();
  }

  @Test
  void issuerWhoseCertificateNobodyTrustsIsNotBelieved() {
    var certificate =
        new PemKeyCertOptions()
            .setCertValue(Buffer.buffer(Tokens.pem("CERTIFICATE", Certificates.selfSigned(RSA))))
            .setKeyValue(Buffer.buffer(Tokens.pem("PRIVATE KEY", RSA.getPrivate().getEncoded())));
    var options = new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate);
    var secure = vertx.createHttpServer(options).requestHandler(this::onRequest);
    secure.listen(0, "127.0.0.1").await();
    verify("ES256", URI.create("https://127.0.0.1:" + secure.actualPort() + "/keys"));
    assertThat(refusal(token("k1", FIRST))).isEqualTo(Refusal.UNAVAILABLE);
    assertThat(requests).hasValue(0);
  }

  @Test
  void verdictComesOnTheCallersContext() {
    Promise<Void> gate = Promise.promise();
    answer = request -> gate.future().onSuccess(_ -> publish(request, FIRST));
    verify();
    var contexts = new ArrayList<Future<Boolean>>();
    for (int i = 0; i < 8; i++) {
      contexts.add(onItsOwnContext());
    }
    gate.complete();
    assertThat(contexts).allMatch(same -> same.await());
  }

  private Future<Boolean> onItsOwnContext() {
    Promise<Boolean> same = Promise.promise();
    Context context = vertx.getOrCreateContext();
    context.runOnContext(
        _ ->
            verifier
                .verify(token("k1", FIRST))
                .onComplete(_ -> same.complete(context.equals(Vertx.currentContext()))));
    return same.future();
  }

  private void verify() {
    verify("ES256");
  }

  private void verify(String algorithm) {
    verify(algorithm, url("/keys"));
  }

  private void verify(String algorithm, URI keys) {
    var config = Config.of("auth.algorithm", algorithm, "auth.jwks_url", keys.toString());
    verifier = TokenVerifier.open(vertx, config.auth(), InstantSource.system(), nanos::get);
  }

  private URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.actualPort() + path);
  }

  private void passPause() {
    nanos.addAndGet(Duration.ofSeconds(31).toNanos());
  }

  private void onRequest(HttpServerRequest request) {
    requests.incrementAndGet();
    answer.accept(request);
  }

  /// The first as `k1`, the second as `k2`.
  private static void publish(HttpServerRequest request, KeyPair... keys) {
    var published = new ArrayList<JsonObject>();
    for (KeyPair pair : keys) {
      published.add(jwk("k" + (published.size() + 1), pair));
    }
    respond(request, keySet(published.toArray(JsonObject[]::new)));
  }

  private static void respond(HttpServerRequest request, String body) {
    request.response().end(body);
  }

  private static void pour(HttpServerRequest request) {
    request.response().write(Buffer.buffer(new byte[64 * 1024])).onSuccess(_ -> pour(request));
  }

  private static String token(String keyId, KeyPair keys) {
    var header = new JsonObject().put("alg", "ES256").put("kid", keyId).encode();
    return Tokens.es256(header, ALICE, keys.getPrivate());
  }

  private boolean isGood(String token) {
    return verifier.verify(token).await() instanceof Verdict.Verified;
  }

  private Refusal refusal(String token) {
    return ((Refused) verifier.verify(token).await()).refusal();
  }
}
