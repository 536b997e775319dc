package io.plumbline.engine.warehouse;

import io.plumbline.engine.ResultColumn;
import io.plumbline.engine.Rows;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a statement, read through a cursor. */
final class WarehouseRows implements Rows {

  private final WarehouseQuery query;
  private final ResultSet rows;
  private final List<ResultColumn> columns;

  WarehouseRows(WarehouseQuery query, ResultSet rows, List<ResultColumn> columns) {
    this.query = query;
    this.rows = rows;
    this.columns = columns;
  }

  private interface Read<T> {
    T from(ResultSet rows) throws SQLException;
  }

  private <T> T read(Read<T> read) {
    try {
      return read.from(rows);
    } catch (SQLException e) {
      throw query.problem(e);
    }
  }

  @Override
  public boolean next() {
    try {
      return query.blocking(rows::next);
    } catch (SQLException e) {
      throw query.problem(e);
    }
  }

  @Override
  public boolean isNull(int column) {
    return read(r -> r.getObject(column + 1) == null);
  }

  @Override
  public boolean booleanAt(int column) {
    return read(r -> r.getBoolean(column + 1));
  }

  @Override
  public int intAt(int column) {
    return read(r -> r.getInt(column + 1));
  }

  @Override
  public long longAt(int column) {
    return read(r -> r.getLong(column + 1));
  }

  @Override
  public double doubleAt(int column) {
    return read(r -> r.getDouble(column + 1));
  }

  @Override
  public BigDecimal decimalAt(int column) {
    return read(r -> r.getBigDecimal(column + 1));
  }

  @Override
  public String textAt(int column) {
    return read(r -> r.getString(column + 1));
  }

  @Override
  public int dateAt(int column) {
    return Math.toIntExact(localDate(column).toEpochDay());
  }

  @Override
  public int timeAt(int column) {
    return (int) (localTime(column).toNanoOfDay() / 1_000_000);
  }

  @Override
  public long timestampAt(int column) {
    return localDateTime(column).toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  @Override
  public byte[] bytesAt(int column) {
    return read(r -> r.getBytes(column + 1));
  }

  private LocalDate localDate(int column) {
    return read(r -> r.getObject(column + 1, LocalDate.class));
  }

  private LocalTime localTime(int column) {
    return read(r -> r.getObject(column + 1, LocalTime.class));
  }

  private LocalDateTime localDateTime(int column) {
    return read(r -> r.getObject(column + 1, LocalDateTime.class));
  }

  @Override
  public @Nullable Object objectAt(int column) {
    if (isNull(column)) {
      return null;
    }
    return switch (columns.get(column).type()) {
      case BOOLEAN -> booleanAt(column);
      case SMALLINT, INTEGER, BIGINT -> longAt(column);
      case DECIMAL -> decimalAt(column);
      case REAL, DOUBLE -> doubleAt(column);
      case DATE -> localDate(column);
      case TIME -> localTime(column);
      case TIMESTAMP -> localDateTime(column);
      case VARCHAR -> textAt(column);
      case VARBINARY -> bytesAt(column);
    };
  }

  @Override
  public void close() {
    query.release();
  }
}
