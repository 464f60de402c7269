package dev.parley.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.TestNode;
import dev.parley.api.Parley;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How public requests are refused: the code as message, its number as failure code.
class BusRefusalFlowTest {
  private static final String MESSAGE = "'message':{'type':'x'}";

  private static TestNode node;

  @BeforeAll
  static void start() {
    node = TestNode.start();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          rooms.send       | {}
          rooms.send       | {MESSAGE}
          rooms.send       | {'room':'','message':{}}
          rooms.send       | {'room':'not a room',MESSAGE}
          rooms.send       | {'room':7,MESSAGE}
          rooms.send       | {'room':'r'}
          rooms.send       | {'room':'r','message':null}
          rooms.send       | {'room':'r','message':'text'}
          rooms.send       | {'room':'r','message':[]}
          rooms.send       | {'room':'r',MESSAGE,'except':'id'}
          rooms.send       | {'room':'r',MESSAGE,'except':[7]}
          rooms.send       | {'room':'r',MESSAGE,'durable':'yes'}
          rooms.send       | {'room':'r',MESSAGE,'durable':true,'except':['id']}
          rooms.send       | {'room':'admin',MESSAGE,'durable':true}
          rooms.send       | {'room':'r',MESSAGE,'exept':['id']}
          users.send       | {MESSAGE}
          users.send       | {'user_id':'not a user',MESSAGE}
          users.send       | {'user_id':'ann'}
          users.send       | {'user_id':'ann',MESSAGE,'queue_offline':1}
          connections.send | {MESSAGE}
          connections.send | {'connection_id':'',MESSAGE}
          connections.send | {'connection_id':'c'}
          broadcast        | {}
          broadcast        | {'message':'text'}
          broadcast        | {MESSAGE,'filter':'all'}
          broadcast        | {MESSAGE,'filters':{'users':['ann']}}
          broadcast        | {MESSAGE,'filter':{'user':['ann']}}
          broadcast        | {MESSAGE,'filter':{'users':[]}}
          broadcast        | {MESSAGE,'filter':{'users':['not a user']}}
          broadcast        | {MESSAGE,'filter':{'rooms':['not a room']}}
          broadcast        | {MESSAGE,'filter':{'roles':'admin'}}
          broadcast        | {MESSAGE,'filter':{'dialects':[null]}}
          broadcast        | {MESSAGE,'filter':{'exclude_users':[{}]}}
          admin.broadcast  | {}
          admin.broadcast  | {'message':7}
          rooms.grant      | {'room':'order_1'}
          rooms.grant      | {'user_id':'ann'}
          rooms.revoke     | {'room':'order_1','user_id':''}
          rooms.revoke     | {'room':'order_1','user_id':'ann','by':'me'}
          chat.send        | {'room':'r','content':'hi'}
          chat.send        | {'sender_id':'ann','content':'hi'}
          chat.send        | {'room':'r','sender_id':'ann'}
          chat.send        | {'room':'r','sender_id':'ann','content':''}
          chat.send        | {'room':'r','sender_id':'ann','content':'  '}
          chat.send        | {'room':'r','sender_id':'ann','content':7}
          chat.send        | {'room':'admin','sender_id':'ann','content':'hi'}
          chat.send        | {'room':'r','sender_id':'ann','content':'hi','message_type':''}
          chat.send        | {'room':'r','sender_id':'ann','content':'hi','username':''}
          chat.send        | {'room':'r','sender_id':'ann','content':'hi','client_message_id':''}
          presence.get     | {}
          presence.get     | {'user_ids':'ann'}
          presence.get     | {'user_ids':['not a user']}
          stats.get        | {'node':'n1'}
          alerts.raise     | {}
          alerts.raise     | {'severity':'error','message':'m'}
          alerts.raise     | {'alert_type':'a','message':'m'}
          alerts.raise     | {'alert_type':'a','severity':'error'}
          alerts.raise     | {'alert_type':'a','severity':'fatal','message':'m'}
          alerts.raise     | {'alert_type':'','severity':'error','message':'m'}
          alerts.raise     | {'alert_type':'a','severity':'error','message':7}
          alerts.raise     | {'alert_type':'a','severity':'error','message':'m','details':'d'}
          alerts.raise     | {'alert_type':'a','severity':'error','message':'m','detail':{}}
          documents.started   | {'document_id':'d','filename':'f'}
          documents.started   | {'user_id':'ann','filename':'f'}
          documents.started   | {'user_id':'ann','document_id':'d'}
          documents.started   | {'user_id':'not a user','document_id':'d','filename':'f'}
          documents.started   | {'user_id':'ann','document_id':'d','filename':'f','success':true}
          documents.completed | {'user_id':'ann','document_id':'d'}
          documents.completed | {'user_id':'ann','document_id':7,'filename':'f'}
          documents.completed | {'user_id':'ann','document_id':'d','filename':'f','success':'yes'}
          documents.completed | {'user_id':'ann','document_id':'d','filename':'f','error':7}
          documents.completed | {'user_id':'ann','document_id':'d','filename':'f','success':true,'error':'e'}
          updates.publish  | {'id':1}
          updates.publish  | {'kind':'order'}
          updates.publish  | {'kind':'invoice','id':1}
          updates.publish  | {'kind':'order','id':1.5}
          updates.publish  | {'kind':'order','id':'a b'}
          updates.publish  | {'kind':'order','id':{}}
          updates.publish  | {'kind':'order','id':1,'status':7}
          updates.publish  | {'kind':'order','id':1,'user_ids':'ann'}
          updates.publish  | {'kind':'order','id':1,'user_ids':['not a user']}
          updates.publish  | {'kind':'order','id':1,'users':['ann']}
          updates.publish  | {'kind':'payment','id':1}
          updates.publish  | {'kind':'deadline','id':1,'user_ids':[]}
          topics.publish   | {'action':'a'}
          topics.publish   | {'topic':'t'}
          topics.publish   | {'topic':'a topic','action':'a'}
          topics.publish   | {'topic':7,'action':'a'}
          topics.publish   | {'topic':'t','action':''}
          topics.publish   | {'topic':'t','action':'a','date':{}}
          """)
  void aBodyThatIsNotWhatItMustBeFailsValidation(String address, String body) {
    String json = body.replace("MESSAGE", MESSAGE).replace('\'', '"');
    assertRefused("parley." + address, new JsonObject(json), "VALIDATION_FAILED", 422);
  }

  @Test
  void aBodyThatIsNoObjectIsNoJson() {
    assertRefused("parley.rooms.send", "text", "INVALID_JSON", 400);
    assertRefused("parley.stats.get", null, "INVALID_JSON", 400);
  }

  @Test
  void aMessageLargerThanItMayBeIsTooLarge() {
    JsonObject body =
        new JsonObject()
            .put("room", "r")
            .put("message", new JsonObject().put("type", "x".repeat(256 << 10)));
    assertRefused("parley.rooms.send", body, "MESSAGE_TOO_LARGE", 413);
  }

  @Test
  void whatIsLargerThanItMayBeIsTooLargeEverywhere() {
    JsonObject large = new JsonObject().put("text", "x".repeat(256 << 10));
    assertRefused(
        "parley.topics.publish",
        new JsonObject().put("topic", "t").put("action", "a").put("data", large),
        "MESSAGE_TOO_LARGE",
        413);
    assertRefused(
        "parley.updates.publish",
        new JsonObject().put("kind", "order").put("id", 1).put("data", large),
        "MESSAGE_TOO_LARGE",
        413);
  }

  @Test
  void aMessageNestedTooDeepFailsValidation() {
    JsonObject message = new JsonObject();
    for (int i = 0; i < 1000; i++) {
      message = new JsonObject().put("in", message);
    }
    JsonObject body = new JsonObject().put("message", message);
    assertRefused("parley.broadcast", body, "VALIDATION_FAILED", 422);
  }

  @Test
  void withoutANodeTheTypedFaceSaysUnavailable() {
    Vertx alone = Vertx.vertx();
    try {
      ReplyException failure = (ReplyException) Await.failure(Parley.on(alone).stats());
      assertThat(failure.getMessage()).isEqualTo("UNAVAILABLE");
      assertThat(failure.failureCode()).isEqualTo(503);
      assertThat(failure.failureType()).isEqualTo(ReplyFailure.NO_HANDLERS);
    } finally {
      Await.result(alone.close());
    }
  }

  private static void assertRefused(
      String address, @Nullable Object body, String code, int number) {
    ReplyException failure =
        (ReplyException) Await.failure(node.node().vertx().eventBus().request(address, body));
    assertThat(failure.failureType()).isEqualTo(ReplyFailure.RECIPIENT_FAILURE);
    assertThat(failure.getMessage()).isEqualTo(code);
    assertThat(failure.failureCode()).isEqualTo(number);
  }
}
