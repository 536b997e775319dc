package io.plumbline.engine.warehouse;

import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One text for equal values, whatever type carries them: numbers to 15 digits, as double precision
 * has them.
 */
final class CellText {

  private static final MathContext DIGITS = new MathContext(15);

  private CellText() {}

  static String row(List<? extends @Nullable Object> values) {
    return values.stream().map(CellText::of).toList().toString();
  }

  static String of(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof byte[] bytes) {
      return Arrays.toString(bytes);
    }
    if (value instanceof Number number && !number.toString().matches("NaN|-?Infinity")) {
      BigDecimal decimal = new BigDecimal(number.toString());
      return decimal.signum() == 0
          ? "0"
          : decimal.round(DIGITS).stripTrailingZeros().toPlainString();
    }
    return value.toString();
  }

  /** A row as the driver gives it. */
  static String row(ResultSet rows) throws SQLException {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
      values.add(value(rows, i));
    }
    return row(values);
  }

  private static @Nullable Object value(ResultSet rows, int i) throws SQLException {
    return switch (rows.getMetaData().getColumnTypeName(i)) {
      case "timestamp" -> rows.getObject(i, LocalDateTime.class);
      case "timestamptz" -> {
        OffsetDateTime instant = rows.getObject(i, OffsetDateTime.class);
        yield instant == null ? null : instant.toLocalDateTime();
      }
      case "time" -> rows.getObject(i, LocalTime.class);
      case "date" -> rows.getObject(i, LocalDate.class);
      case "int2", "int4", "int8", "numeric", "float4", "float8", "bool" -> rows.getObject(i);
      default -> rows.getString(i);
    };
  }
}
