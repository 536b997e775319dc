package io.plumbline.server.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A record as a line of a file: its hash, a space, and JSON without a line break.
 *
 * <pre>
 * 9f86d0...15b0f00a08 {"seq":7,"at":"2026-03-01T09:30:00.123456Z","event":"statement",...}
 * </pre>
 */
final class RecordFormat {

  private final ObjectMapper json =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

  /** The text that is hashed. */
  byte[] text(AuditRecord entry) {
    ObjectNode node = json.createObjectNode();
    node.put("seq", entry.sequence());
    node.put("at", entry.at().truncatedTo(ChronoUnit.MICROS).toString());
    JsonNode event = json.valueToTree(entry.event());
    node.setAll((ObjectNode) event);
    try {
      return json.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record can't be written as JSON", e);
    }
  }

  /** A field of a record as it stands in its text. */
  static String field(String name, String value) {
    return new TextNode(name) + ":" + new TextNode(value);
  }

  static void line(ChainHash hash, byte[] text, ByteArrayOutputStream out) {
    out.writeBytes(hash.hex().getBytes(StandardCharsets.US_ASCII));
    out.write(' ');
    out.writeBytes(text);
    out.write('\n');
  }

  /** Only the number, which is all that the chain needs. */
  long sequence(byte[] text) throws IOException {
    JsonNode sequence = json.readTree(text).path("seq");
    if (!sequence.isIntegralNumber()) {
      throw new IOException("a record without a number");
    }
    return sequence.longValue();
  }

  AuditRecord record(byte[] text) throws IOException {
    JsonNode node = json.readTree(text);
    return new AuditRecord(
        node.path("seq").longValue(),
        Instant.parse(node.path("at").textValue()),
        json.treeToValue(node, AuditEvent.class));
  }
}
