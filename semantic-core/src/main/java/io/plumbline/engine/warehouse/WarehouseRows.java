package io.plumbline.engine.warehouse;

import io.plumbline.engine.QueryException;
import io.plumbline.engine.ResultColumn;
import io.plumbline.engine.ResultColumn.Type;
import io.plumbline.engine.Rows;
import io.plumbline.engine.SqlState;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a statement, read through a cursor.
 *
 * <p>Asking whether a value is null reads it, so the value is kept until the next is asked for:
 * each cell is decoded once.
 */
final class WarehouseRows implements Rows {

  private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);
  private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);
  private static final LocalDateTime FIRST_MOMENT = FIRST_DAY.atStartOfDay();
  private static final LocalDateTime LAST_MOMENT = LAST_DAY.atTime(23, 59, 59, 999_999_000);

  private final WarehouseQuery query;
  private final ResultSet rows;
  private final Type[] types;
  private final boolean[] instants;
  private final boolean[] exact;

  private int loaded = -1;
  private boolean isNull;
  private long number;
  private double floating;
  private @Nullable Object object;

  WarehouseRows(WarehouseQuery query, ResultSet rows, List<ResultColumn> columns)
      throws SQLException {
    this.query = query;
    this.rows = rows;
    this.types = columns.stream().map(ResultColumn::type).toArray(Type[]::new);
    this.instants = new boolean[types.length];
    this.exact = new boolean[types.length];
    for (int i = 0; i < types.length; i++) {
      String actual = rows.getMetaData().getColumnTypeName(i + 1);
      instants[i] = actual.equals("timestamptz");
      exact[i] = isExact(types[i], actual);
    }
  }

  @Override
  public boolean next() {
    loaded = -1;
    try {
      return query.blocking(rows::next);
    } catch (SQLException e) {
      throw query.problem(e);
    }
  }

  private void load(int column) {
    if (loaded == column) {
      return;
    }
    try {
      read(column, column + 1);
      loaded = column;
    } catch (SQLException e) {
      throw query.problem(e);
    }
  }

  private void read(int column, int position) throws SQLException {
    switch (types[column]) {
      case BOOLEAN -> number = rows.getBoolean(position) ? 1 : 0;
      case SMALLINT, INTEGER, BIGINT ->
          number = exact[column] ? rows.getLong(position) : whole(rows.getBigDecimal(position));
      case REAL, DOUBLE -> floating = rows.getDouble(position);
      case DECIMAL -> object = decimal(position);
      case DATE ->
          object =
              exact[column] ? rows.getObject(position, LocalDate.class) : day(column, position);
      case TIME -> object = rows.getObject(position, LocalTime.class);
      case TIMESTAMP -> object = timestamp(column, position);
      case VARCHAR -> object = rows.getString(position);
      case VARBINARY -> object = rows.getBytes(position);
    }
    isNull =
        switch (types[column]) {
          case BOOLEAN, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE -> rows.wasNull();
          case DECIMAL, DATE, TIME, TIMESTAMP, VARCHAR, VARBINARY -> object == null;
        };
  }

  /**
   * A value that the plan knows as a whole number, and the warehouse as a number. If it has a
   * fraction, the plan was wrong, and an error is better than a wrong number.
   */
  private static long whole(@Nullable BigDecimal value) {
    try {
      return value == null ? 0 : value.longValueExact();
    } catch (ArithmeticException e) {
      throw unplanned();
    }
  }

  /** The same for a day that the warehouse has as a moment. */
  private @Nullable LocalDate day(int column, int position) throws SQLException {
    LocalDateTime moment = timestamp(column, position);
    if (moment != null && !moment.toLocalTime().equals(LocalTime.MIDNIGHT)) {
      throw unplanned();
    }
    return moment == null ? null : moment.toLocalDate();
  }

  private static QueryException unplanned() {
    return new QueryException(
        SqlState.INTERNAL,
        "the warehouse returned a value of another type than was planned; cast the expression");
  }

  private static boolean isExact(Type planned, String actual) {
    return switch (planned) {
      case SMALLINT, INTEGER, BIGINT -> !List.of("numeric", "float4", "float8").contains(actual);
      case DATE -> !actual.startsWith("timestamp");
      default -> true;
    };
  }

  /** A numeric may be NaN, which no BigDecimal is: no value. */
  private @Nullable BigDecimal decimal(int position) throws SQLException {
    try {
      return rows.getBigDecimal(position);
    } catch (SQLException e) {
      if ("NaN".equals(rows.getString(position))) {
        return null;
      }
      throw e;
    }
  }

  private @Nullable LocalDateTime timestamp(int column, int position) throws SQLException {
    if (!instants[column]) {
      return rows.getObject(position, LocalDateTime.class);
    }
    OffsetDateTime instant = rows.getObject(position, OffsetDateTime.class);
    if (instant == null) {
      return null;
    }
    if (instant.equals(OffsetDateTime.MAX) || instant.equals(OffsetDateTime.MIN)) {
      return instant.toLocalDateTime();
    }
    return instant.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
  }

  @Override
  public boolean isNull(int column) {
    load(column);
    return isNull;
  }

  @Override
  public boolean booleanAt(int column) {
    return longAt(column) != 0;
  }

  @Override
  public int intAt(int column) {
    return (int) longAt(column);
  }

  @Override
  public long longAt(int column) {
    load(column);
    return switch (types[column]) {
      case BOOLEAN, SMALLINT, INTEGER, BIGINT -> number;
      case REAL, DOUBLE -> (long) floating;
      default -> decimalAt(column).longValue();
    };
  }

  @Override
  public double doubleAt(int column) {
    load(column);
    return switch (types[column]) {
      case REAL, DOUBLE -> floating;
      case BOOLEAN, SMALLINT, INTEGER, BIGINT -> number;
      default -> decimalAt(column).doubleValue();
    };
  }

  @Override
  public BigDecimal decimalAt(int column) {
    load(column);
    return switch (types[column]) {
      case BOOLEAN, SMALLINT, INTEGER, BIGINT -> BigDecimal.valueOf(number);
      case REAL, DOUBLE -> BigDecimal.valueOf(floating);
      default -> object(BigDecimal.class);
    };
  }

  @Override
  public String textAt(int column) {
    load(column);
    if (types[column] == Type.VARCHAR) {
      return object(String.class);
    }
    try {
      return Objects.requireNonNull(rows.getString(column + 1), "the value is null");
    } catch (SQLException e) {
      throw query.problem(e);
    }
  }

  @Override
  public int dateAt(int column) {
    return Math.toIntExact(localDate(column).toEpochDay());
  }

  @Override
  public int timeAt(int column) {
    load(column);
    return (int) (object(LocalTime.class).toNanoOfDay() / 1_000_000);
  }

  @Override
  public long timestampAt(int column) {
    LocalDateTime moment = localDateTime(column);
    return moment.toEpochSecond(ZoneOffset.UTC) * 1000 + moment.getNano() / 1_000_000;
  }

  @Override
  public byte[] bytesAt(int column) {
    load(column);
    return object(byte[].class);
  }

  private <T> T object(Class<T> type) {
    return type.cast(Objects.requireNonNull(object, "the value is null"));
  }

  private LocalDate localDate(int column) {
    load(column);
    LocalDate day = object(LocalDate.class);
    return day.equals(LocalDate.MAX) ? LAST_DAY : day.equals(LocalDate.MIN) ? FIRST_DAY : day;
  }

  private LocalDateTime localDateTime(int column) {
    load(column);
    LocalDateTime moment = object(LocalDateTime.class);
    if (moment.toLocalDate().equals(LocalDate.MAX)) {
      return LAST_MOMENT;
    }
    return moment.toLocalDate().equals(LocalDate.MIN) ? FIRST_MOMENT : moment;
  }

  @Override
  public @Nullable Object objectAt(int column) {
    if (isNull(column)) {
      return null;
    }
    return switch (types[column]) {
      case BOOLEAN -> booleanAt(column);
      case SMALLINT, INTEGER, BIGINT -> longAt(column);
      case DECIMAL -> decimalAt(column);
      case REAL, DOUBLE -> doubleAt(column);
      case DATE -> localDate(column);
      case TIME -> object(LocalTime.class);
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
