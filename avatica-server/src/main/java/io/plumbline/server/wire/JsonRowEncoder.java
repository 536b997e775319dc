package io.plumbline.server.wire;

import io.plumbline.engine.ResultColumn;
import io.plumbline.engine.Rows;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * Writes rows as a JSON array of arrays.
 *
 * <p>JSON has no infinities; a number beyond a double's range becomes one when the client reads it.
 */
final class JsonRowEncoder implements RowEncoder {

  private static final byte[] NULL = {'n', 'u', 'l', 'l'};
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final ResultColumn.Type[] types;
  private final JsonCodec codec;
  private final ByteWriter out = new ByteWriter(1 << 16);
  private int count;

  JsonRowEncoder(List<ResultColumn> columns, JsonCodec codec) {
    this.types = columns.stream().map(ResultColumn::type).toArray(ResultColumn.Type[]::new);
    this.codec = codec;
    out.write('[');
  }

  @Override
  public void add(Rows rows) {
    if (count > 0) {
      out.write(',');
    }
    out.write('[');
    for (int column = 0; column < types.length; column++) {
      if (column > 0) {
        out.write(',');
      }
      if (rows.isNull(column)) {
        out.write(NULL);
      } else {
        cell(rows, column);
      }
    }
    out.write(']');
    count++;
  }

  private void cell(Rows rows, int column) {
    switch (types[column]) {
      case BOOLEAN -> out.write(rows.booleanAt(column) ? TRUE : FALSE);
      case SMALLINT, INTEGER -> out.writeLong(rows.intAt(column));
      case BIGINT -> out.writeLong(rows.longAt(column));
      case DECIMAL -> out.writeAscii(rows.decimalAt(column).toString());
      case REAL -> floating(rows.doubleAt(column), Float.toString((float) rows.doubleAt(column)));
      case DOUBLE -> floating(rows.doubleAt(column), Double.toString(rows.doubleAt(column)));
      case DATE -> out.writeLong(rows.dateAt(column));
      case TIME -> out.writeLong(rows.timeAt(column));
      case TIMESTAMP -> out.writeLong(rows.timestampAt(column));
      case VARCHAR -> text(rows.textAt(column));
      case VARBINARY -> base64(rows.bytesAt(column));
    }
  }

  private void floating(double value, String digits) {
    if (Double.isNaN(value)) {
      out.write(NULL);
    } else if (Double.isInfinite(value)) {
      out.writeAscii(value > 0 ? "1e400" : "-1e400");
    } else {
      out.writeAscii(digits);
    }
  }

  private void text(String value) {
    out.write('"');
    if (isPlain(value)) {
      out.writeAscii(value);
    } else {
      for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
        escaped(b);
      }
    }
    out.write('"');
  }

  /** Whether the text is ASCII without anything to escape. */
  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  private void escaped(byte b) {
    if (b == '"' || b == '\\') {
      out.write('\\');
      out.write(b);
    } else if (b >= 0 && b < ' ') {
      out.writeAscii("\\u00");
      out.write(HEX[b >> 4]);
      out.write(HEX[b & 15]);
    } else {
      out.write(b);
    }
  }

  private void base64(byte[] value) {
    out.write('"');
    out.write(Base64.getEncoder().encode(value));
    out.write('"');
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int size() {
    return out.size();
  }

  @Override
  public EncodedRows finish() {
    out.write(']');
    return new EncodedRows(out.toByteArray(), count, codec);
  }
}
