package io.plumbline.server.wire;

import io.plumbline.engine.ResultColumn;
import io.plumbline.engine.Rows;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.calcite.avatica.proto.Common;

/**
 * Writes rows as the {@code rows} fields of a {@link Common.Frame}.
 *
 * <p>Avatica's own encoder fills the deprecated field {@code value} as well as {@code
 * scalar_value}, and builds an object for each cell. Clients since 1.10 read {@code scalar_value}
 * alone, so only that is written, byte by byte.
 */
final class ProtobufRowEncoder implements RowEncoder {

  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED64 = 1;

  private static final int FRAME_ROWS = tag(Common.Frame.ROWS_FIELD_NUMBER, LENGTH_DELIMITED);
  private static final int ROW_VALUE = tag(Common.Row.VALUE_FIELD_NUMBER, LENGTH_DELIMITED);
  private static final int SCALAR =
      tag(Common.ColumnValue.SCALAR_VALUE_FIELD_NUMBER, LENGTH_DELIMITED);
  private static final int TYPE = tag(Common.TypedValue.TYPE_FIELD_NUMBER, 0);
  private static final int BOOL = tag(Common.TypedValue.BOOL_VALUE_FIELD_NUMBER, 0);
  private static final int STRING =
      tag(Common.TypedValue.STRING_VALUE_FIELD_NUMBER, LENGTH_DELIMITED);
  private static final int NUMBER = tag(Common.TypedValue.NUMBER_VALUE_FIELD_NUMBER, 0);
  private static final int BYTES =
      tag(Common.TypedValue.BYTES_VALUE_FIELD_NUMBER, LENGTH_DELIMITED);
  private static final int DOUBLE = tag(Common.TypedValue.DOUBLE_VALUE_FIELD_NUMBER, FIXED64);
  private static final int NULL = tag(Common.TypedValue.NULL_FIELD_NUMBER, 0);

  private final ResultColumn.Type[] types;
  private final ProtobufCodec codec;
  private final ByteWriter frame = new ByteWriter(1 << 16);
  private final ByteWriter row = new ByteWriter(1 << 10);
  private int count;

  ProtobufRowEncoder(List<ResultColumn> columns, ProtobufCodec codec) {
    this.types = columns.stream().map(ResultColumn::type).toArray(ResultColumn.Type[]::new);
    this.codec = codec;
  }

  private static int tag(int field, int wireType) {
    return field << 3 | wireType;
  }

  @Override
  public void add(Rows rows) {
    row.clear();
    for (int column = 0; column < types.length; column++) {
      if (rows.isNull(column)) {
        empty();
      } else {
        cell(rows, column);
      }
    }
    frame.writeVarint(FRAME_ROWS);
    frame.writeVarint(row.size());
    frame.write(row);
    count++;
  }

  private void cell(Rows rows, int column) {
    switch (types[column]) {
      case BOOLEAN -> bool(rows.booleanAt(column));
      case SMALLINT -> number(Common.Rep.SHORT_VALUE, rows.intAt(column));
      case INTEGER -> number(Common.Rep.INTEGER_VALUE, rows.intAt(column));
      case BIGINT -> number(Common.Rep.LONG_VALUE, rows.longAt(column));
      case DECIMAL -> text(Common.Rep.BIG_DECIMAL_VALUE, rows.decimalAt(column).toString());
      case REAL -> real((float) rows.doubleAt(column));
      case DOUBLE -> floating(rows.doubleAt(column));
      case DATE -> number(Common.Rep.INTEGER_VALUE, rows.dateAt(column));
      case TIME -> number(Common.Rep.INTEGER_VALUE, rows.timeAt(column));
      case TIMESTAMP -> number(Common.Rep.LONG_VALUE, rows.timestampAt(column));
      case VARCHAR -> text(Common.Rep.STRING_VALUE, rows.textAt(column));
      case VARBINARY -> bytes(Common.Rep.BYTE_STRING_VALUE, BYTES, rows.bytesAt(column));
    }
  }

  /** The lengths around a value whose fields after the type take so many bytes. */
  private void begin(int rep, int fields) {
    int value = 1 + ByteWriter.varintSize(rep) + fields;
    row.writeVarint(ROW_VALUE);
    row.writeVarint(1 + ByteWriter.varintSize(value) + value);
    row.writeVarint(SCALAR);
    row.writeVarint(value);
    row.writeVarint(TYPE);
    row.writeVarint(rep);
  }

  private void empty() {
    begin(Common.Rep.NULL_VALUE, 2);
    row.writeVarint(NULL);
    row.write(1);
  }

  private void bool(boolean value) {
    begin(Common.Rep.BOOLEAN_VALUE, 2);
    row.writeVarint(BOOL);
    row.write(value ? 1 : 0);
  }

  private void number(int rep, long value) {
    long zigzag = value << 1 ^ value >> 63;
    begin(rep, 1 + ByteWriter.varintSize(zigzag));
    row.writeVarint(NUMBER);
    row.writeVarint(zigzag);
  }

  /** As the double of the same digits, so that both codecs show 0.1 and not 0.10000000149011612. */
  private void real(float value) {
    floating(Float.isFinite(value) ? Double.parseDouble(Float.toString(value)) : value);
  }

  private void floating(double value) {
    if (Double.isNaN(value)) {
      empty();
      return;
    }
    begin(Common.Rep.DOUBLE_VALUE, 9);
    row.writeVarint(DOUBLE);
    row.writeFixed64(Double.doubleToRawLongBits(value));
  }

  private void text(int rep, String value) {
    bytes(rep, STRING, value.getBytes(StandardCharsets.UTF_8));
  }

  private void bytes(int rep, int field, byte[] value) {
    begin(rep, 1 + ByteWriter.varintSize(value.length) + value.length);
    row.writeVarint(field);
    row.writeVarint(value.length);
    row.write(value);
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int size() {
    return frame.size();
  }

  @Override
  public EncodedRows finish() {
    return new EncodedRows(frame.toByteArray(), count, codec);
  }
}
