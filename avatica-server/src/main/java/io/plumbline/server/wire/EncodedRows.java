package io.plumbline.server.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;

/**
 * Rows of a frame that are encoded already. A list only because Avatica's responses hold lists: its
 * elements can't be read.
 */
final class EncodedRows extends AbstractList<Object> implements JsonSerializable {

  private final byte[] bytes;
  private final int count;
  private final Codec codec;

  EncodedRows(byte[] bytes, int count, Codec codec) {
    this.bytes = bytes;
    this.count = count;
    this.codec = codec;
  }

  byte[] bytes() {
    return bytes;
  }

  Codec codec() {
    return codec;
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public Object get(int index) {
    throw new UnsupportedOperationException("these rows are encoded");
  }

  @Override
  public void serialize(JsonGenerator json, SerializerProvider provider) throws IOException {
    json.writeRawValue(new RawJson(bytes));
  }

  @Override
  public void serializeWithType(
      JsonGenerator json, SerializerProvider provider, TypeSerializer type) throws IOException {
    serialize(json, provider);
  }

  /** Text that Jackson copies without looking at it. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record RawJson(byte[] bytes) implements SerializableString {

    @Override
    public byte[] asUnquotedUTF8() {
      return bytes;
    }

    /** There is no room in the generator's buffer: it then writes the array itself. */
    @Override
    public int appendUnquotedUTF8(byte[] buffer, int offset) {
      return -1;
    }

    @Override
    public int writeUnquotedUTF8(OutputStream out) throws IOException {
      out.write(bytes);
      return bytes.length;
    }

    @Override
    public int putUnquotedUTF8(ByteBuffer buffer) {
      return -1;
    }

    @Override
    public String getValue() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public int charLength() {
      return getValue().length();
    }

    @Override
    public char[] asQuotedChars() {
      throw new UnsupportedOperationException("this is JSON already");
    }

    @Override
    public byte[] asQuotedUTF8() {
      throw new UnsupportedOperationException("this is JSON already");
    }

    @Override
    public int appendQuotedUTF8(byte[] buffer, int offset) {
      throw new UnsupportedOperationException("this is JSON already");
    }

    @Override
    public int appendQuoted(char[] buffer, int offset) {
      throw new UnsupportedOperationException("this is JSON already");
    }

    @Override
    public int appendUnquoted(char[] buffer, int offset) {
      return -1;
    }

    @Override
    public int writeQuotedUTF8(OutputStream out) {
      throw new UnsupportedOperationException("this is JSON already");
    }

    @Override
    public int putQuotedUTF8(ByteBuffer buffer) {
      throw new UnsupportedOperationException("this is JSON already");
    }
  }
}
