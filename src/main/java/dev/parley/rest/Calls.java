package dev.parley.rest;

import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Fields;
import dev.parley.protocol.Rejection;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Makes routes of a table of calls: who may call is seen to first, then the body is read, then the
/// call's handler answers.
final class Calls {
  private final Access access;
  private final Bodies bodies;

  Calls(Access access, Bodies bodies) {
    this.access = access;
    this.bodies = bodies;
  }

  /// Adds the calls, and for each of their paths answers to all other methods.
  void mount(Router router, List<Call> calls) {
    Map<String, List<Call>> byPath = new LinkedHashMap<>();
    for (Call call : calls) {
      byPath.computeIfAbsent(call.path(), _ -> new ArrayList<>()).add(call);
      router.route(call.method(), call.path()).handler(context -> serve(context, call));
      if (call.method().equals(HttpMethod.GET)) {
        router.route(HttpMethod.HEAD, call.path()).handler(context -> serve(context, call));
      }
    }
    byPath.forEach((path, some) -> mountOthers(router, path, methodsOf(some)));
  }

  private static void mountOthers(Router router, String path, String methods) {
    router.route(HttpMethod.OPTIONS, path).handler(context -> Cors.answerOptions(context, methods));
    router.route(path).handler(context -> refuseMethod(context, methods));
  }

  private static String methodsOf(List<Call> calls) {
    Set<String> methods = new TreeSet<>(Set.of("OPTIONS"));
    for (Call call : calls) {
      methods.add(call.method().name());
      if (call.method().equals(HttpMethod.GET)) {
        methods.add("HEAD");
      }
    }
    return String.join(", ", methods);
  }

  private static void refuseMethod(RoutingContext context, String methods) {
    context.response().putHeader("Allow", methods);
    Answers.reject(
        context, 405, Rejection.of(ErrorCode.NOT_FOUND, "Here one can only call " + methods));
  }

  private void serve(RoutingContext context, Call call) {
    HttpServerRequest request = context.request();
    request.pause();
    access
        .admit(call.rights(), request)
        .compose(visitor -> ask(context, call, visitor))
        .onComplete(
            answer -> Answers.write(context, answer), failure -> Answers.fail(context, failure))
        .onComplete(_ -> request.resume());
  }

  private Future<Answer> ask(RoutingContext context, Call call, Visitor visitor) {
    Fields path = new Fields(new JsonObject(Map.copyOf(context.pathParams())));
    Query query = new Query(context.queryParams());
    return bodies
        .read(call.body(), context.request())
        .compose(body -> call.handler().apply(new Asked(visitor, path, query, body)));
  }
}
