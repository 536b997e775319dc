package io.plumbline.demo.golden;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;

/** How a cell's text becomes a value of a column; the result is what COPY reads. */
enum ColumnType {
  TEXT("text") {
    @Override
    String read(String cell) {
      return cell;
    }
  },
  TIMESTAMP("a time such as 2025-03-31T10:00:00Z") {
    @Override
    String read(String cell) {
      String text = cell.replace(' ', 'T');
      boolean zoned = text.endsWith("Z") || text.matches(".*[+-]\\d\\d:?\\d\\d$");
      return zoned
          ? OffsetDateTime.parse(text).toString()
          : LocalDateTime.parse(text).atOffset(ZoneOffset.UTC).toString();
    }
  },
  DATE("a date such as 2025-03-31") {
    @Override
    String read(String cell) {
      return LocalDate.parse(cell).toString();
    }
  },
  MONTH("a month such as 2025-03") {
    @Override
    String read(String cell) {
      return YearMonth.parse(cell).atDay(1).toString();
    }
  },
  BOOLEAN("one of 0, 1, true, false") {
    @Override
    String read(String cell) {
      return switch (cell.toLowerCase(Locale.ROOT)) {
        case "0", "false" -> "f";
        case "1", "true" -> "t";
        default -> throw new IllegalArgumentException(cell);
      };
    }
  },
  INTEGER("a whole number") {
    @Override
    String read(String cell) {
      return Long.toString(Long.parseLong(cell));
    }
  },
  NUMERIC("a number") {
    @Override
    String read(String cell) {
      return new BigDecimal(cell).toPlainString();
    }
  };

  private final String description;

  ColumnType(String description) {
    this.description = description;
  }

  /** What a cell must look like, for error messages. */
  String description() {
    return description;
  }

  /**
   * The value of a cell that is not empty.
   *
   * @throws IllegalArgumentException or {@link DateTimeException} if it is none
   */
  abstract String read(String cell);

  static ColumnType of(String column, String postgresType) {
    return switch (postgresType) {
      case "text" -> TEXT;
      case "timestamptz" -> TIMESTAMP;
      case "date" -> column.equals("month") ? MONTH : DATE;
      case "bool" -> BOOLEAN;
      case "int8" -> INTEGER;
      case "numeric" -> NUMERIC;
      default ->
          throw new IllegalStateException("No rule for the type " + postgresType + " of " + column);
    };
  }
}
