package dev.parley.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.parley.config.Config;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Fields;
import dev.parley.protocol.RejectedException;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.json.JsonTree;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/// Reads the bodies of calls: JSON objects, within the limits that frames have, too.
final class Bodies {
  private static final Fields EMPTY = new Fields(new JsonObject());

  private final JsonFactory json;
  private final int maxBytes;
  private final int maxDepth;

  Bodies(Config config) {
    this.maxBytes = config.http().maxBodyBytes();
    this.maxDepth = config.ws().jsonDepth();
    this.json =
        new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(maxDepth)
                    .maxNumberLength(config.ws().jsonNumberDigits())
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();
  }

  /// Reads the body that a call has. The request is paused, and read only if it has one.
  ///
  /// @return fails with [RejectedException] if it is too large, of another type, or no object
  Future<Fields> read(Call.Body kind, HttpServerRequest request) {
    return switch (kind) {
      case NONE -> Future.succeededFuture(EMPTY);
      case OPTIONAL -> collect(request).map(body -> body.length() == 0 ? EMPTY : parse(body));
      case REQUIRED -> collect(request).map(this::parse);
    };
  }

  private Future<Buffer> collect(HttpServerRequest request) {
    if (!isJson(Optional.ofNullable(request.getHeader("Content-Type")))) {
      return Future.failedFuture(new UnsupportedTypeException());
    }
    Collector collector = new Collector(maxBytes);
    request
        .handler(collector::add)
        .exceptionHandler(collector::fail)
        .endHandler(_ -> collector.end());
    if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
      var _ = request.response().writeContinue();
    }
    request.resume();
    return collector.whole();
  }

  /// Clients that say nothing of it mean JSON.
  private static boolean isJson(Optional<String> contentType) {
    return contentType
        .map(header -> header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .map(type -> type.equals("application/json") || type.endsWith("+json"))
        .orElse(true);
  }

  private Fields parse(Buffer body) {
    try (JsonParser parser = json.createParser(body.getBytes())) {
      return new Fields(JsonTree.readObject(parser, maxDepth));
    } catch (IOException _) {
      throw new RejectedException(
          Rejection.of(ErrorCode.INVALID_JSON, "The body must be a JSON object within the limits"));
    }
  }

  /// Parts of a body, until they are too many.
  private static final class Collector {
    private final int maxBytes;
    private final Buffer parts = Buffer.buffer();
    private final Promise<Buffer> whole = Promise.promise();

    Collector(int maxBytes) {
      this.maxBytes = maxBytes;
    }

    Future<Buffer> whole() {
      return whole.future();
    }

    void add(Buffer part) {
      if (whole.future().isComplete()) {
        return;
      }
      if (parts.length() + part.length() > maxBytes) {
        fail(new RejectedException(HttpStatus.toRejection(413)));
        return;
      }
      parts.appendBuffer(part);
    }

    void fail(Throwable failure) {
      whole.tryFail(failure);
    }

    void end() {
      whole.tryComplete(parts);
    }
  }
}
