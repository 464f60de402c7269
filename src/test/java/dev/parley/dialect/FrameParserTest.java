package dev.parley.dialect;

import static dev.parley.dialect.Samples.frame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.dialect.FrameParser.Parsed;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.json.JsonFormat;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameParserTest {
  private static final FrameParser TEXT = FrameParser.ofText("type", DialectLimits.DEFAULTS);
  private static final FrameParser CBOR = FrameParser.ofCbor("type", DialectLimits.DEFAULTS);

  @Test
  void anObjectWithATypeIsTyped() {
    assertThat(parse("{\"type\":\"x\",\"n\":1}"))
        .isEqualTo(new Parsed.Typed("x", new JsonObject().put("type", "x").put("n", 1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "7",
        "\"type\"",
        "[]",
        "[{\"type\":\"x\"}]",
        "{",
        "{\"type\"",
        "{\"type\":",
        "{\"type\":\"x\"",
        "{\"type\":\"x\",",
        "{\"type\":\"x\",}",
        "{\"type\":\"x\"}}",
        "{\"type\":\"x\"} {}",
        "{\"type\":\"x\"} x",
        "{'type':'x'}",
        "{type:\"x\"}",
        "{\"type\":\"x\",\"n\":NaN}",
        "{\"type\":\"x\",\"n\":Infinity}",
        "{\"type\":\"x\",\"n\":01}",
        "{\"type\":\"x\",\"n\":+1}",
        "{\"type\":\"x\",\"n\":.5}",
        "{\"type\":\"x\",\"n\":1e999}",
        "{\"type\":\"x\",\"n\":-1e999999999}",
        "{\"type\":\"x\",\"s\":\"\\x\"}",
        "{\"type\":\"x\",\"s\":\"a\nb\"}",
        "{\"type\":\"x\"/* */}",
        "\uFEFF[]",
      })
  void whatIsNoObjectOfJsonIsInvalid(String json) {
    assertCode(parse(json), ErrorCode.INVALID_JSON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"type\":null}",
        "{\"type\":7}",
        "{\"type\":[\"ping\"]}",
        "{\"type\":{}}",
        "{\"type\":\"\"}",
        "{\"Type\":\"ping\"}",
      })
  void anObjectWithoutATextAsTypeFailsValidation(String json) {
    assertCode(parse(json), ErrorCode.VALIDATION_FAILED);
    assertThat(((Parsed.Malformed) parse(json)).rejection().field()).contains("type");
  }

  @Test
  void whereItIsWrongIsSaid() {
    assertThat(textOf("{\"type\":\"x\",\"n\":NaN}")).endsWith(" near character 19");
    assertThat(textOf("{\"type\":")).endsWith(" near character 8");
  }

  private static String textOf(String json) {
    return ((Parsed.Malformed) parse(json)).rejection().text();
  }

  @Test
  void depthIsBounded() {
    assertThat(parse(nested(31))).isInstanceOf(Parsed.Typed.class);
    assertCode(parse(nested(32)), ErrorCode.INVALID_JSON);
    assertCode(parse(nested(30_000)), ErrorCode.INVALID_JSON);
    assertCode(parse("[".repeat(60_000)), ErrorCode.INVALID_JSON);
    assertCode(parse("{\"a\":".repeat(10_000)), ErrorCode.INVALID_JSON);
  }

  @Test
  void numbersAreBounded() {
    assertThat(parse(number("9".repeat(100)))).isInstanceOf(Parsed.Typed.class);
    assertCode(parse(number("9".repeat(101))), ErrorCode.INVALID_JSON);
    assertCode(parse(number("0." + "1".repeat(60_000))), ErrorCode.INVALID_JSON);
  }

  @Test
  void ofFieldsWithOneNameTheLastCounts() {
    assertThat(parse("{\"type\":\"a\",\"n\":1,\"type\":\"b\",\"n\":{}}"))
        .isEqualTo(
            new Parsed.Typed("b", new JsonObject().put("type", "b").put("n", new JsonObject())));
  }

  @Test
  void halvesOfSurrogatePairsAreReplaced() {
    assertThat(parse("{\"type\":\"x\",\"s\":\"a\\ud83d\"}"))
        .isEqualTo(new Parsed.Typed("x", new JsonObject().put("type", "x").put("s", "a\uFFFD")));
  }

  @Test
  void aFrameFullOfNamesCostsLittle() {
    StringBuilder names = new StringBuilder("{\"type\":\"x\"");
    for (int i = 0; i < 6_000; i++) {
      names.append(",\"").append(Integer.toString(i * 7919, 36)).append("\":1");
    }
    InFrame frame = frame(names.append('}').toString());
    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          for (int i = 0; i < 200; i++) {
            assertThat(TEXT.parse(frame)).isInstanceOf(Parsed.Typed.class);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "a0", // an object without a type
        "80", // an array
        "f6", // null
        "a164747970656178ff", // garbage behind it
        "bf6474797065", // cut off in an object without a length
        "a16474797065614", // cut off
        "a2647479706561786161fb7ff0000000000000", // infinity
        "a2647479706561786161f97e00", // not a number
        "a2647479706561786161420102", // raw bytes
        "a16474797065c1fbffffffffffffffff", // a tag without a sense
        "a264747970656178616162c328", // text that is not UTF-8
        "a2647479706561786161c24101", // fine: a big number of one byte
        "bb7fffffffffffffff", // an object of 2^63 fields
        "9b7fffffffffffffff", // an array as long
        "7b7fffffffffffffff", // a text as long
        "5b7fffffffffffffff", // bytes as long
      })
  void hostileCborIsAValueToo(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.length() % 2 == 0 ? hex : hex + "0");
    assertThat(CBOR.parse(new InFrame(true, bytes))).isNotNull();
  }

  @Test
  void cborIsBoundedAsTextIs() {
    byte[] deep = JsonFormat.CBOR.encode(out -> out.value(tree(31)));
    assertThat(CBOR.parse(new InFrame(true, deep))).isInstanceOf(Parsed.Typed.class);
    byte[] deeper = JsonFormat.CBOR.encode(out -> out.value(tree(32)));
    assertCode(CBOR.parse(new InFrame(true, deeper)), ErrorCode.INVALID_JSON);
  }

  private static JsonObject tree(int depth) {
    JsonObject inner = new JsonObject();
    for (int i = 1; i < depth; i++) {
      inner = new JsonObject().put("a", inner);
    }
    return new JsonObject().put("type", "x").put("a", inner);
  }

  private static String nested(int depth) {
    return "{\"type\":\"x\",\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
  }

  private static String number(String digits) {
    return "{\"type\":\"x\",\"n\":" + digits + "}";
  }

  private static Parsed parse(String json) {
    return TEXT.parse(frame(json));
  }

  private static void assertCode(Parsed parsed, ErrorCode code) {
    assertThat(parsed).isInstanceOf(Parsed.Malformed.class);
    assertThat(((Parsed.Malformed) parsed).rejection().code()).isEqualTo(code);
  }
}
