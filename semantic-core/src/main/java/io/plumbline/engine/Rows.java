package io.plumbline.engine;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a running statement, read once, forward, by one thread at a time. Columns count from
 * 0. A getter other than {@link #isNull} may only be called for a value that is not null. Every
 * method may throw {@link QueryException}.
 */
public interface Rows extends AutoCloseable {

  /** Moves to the next row; false at the end. */
  boolean next();

  boolean isNull(int column);

  boolean booleanAt(int column);

  int intAt(int column);

  long longAt(int column);

  double doubleAt(int column);

  BigDecimal decimalAt(int column);

  /** The text of a value; every type has one. */
  String textAt(int column);

  /** Days since 1970-01-01; infinity is 9999-12-31, minus infinity 0001-01-01. */
  int dateAt(int column);

  /** Milliseconds of the day. */
  int timeAt(int column);

  /**
   * Milliseconds since 1970-01-01 00:00:00, of the wall clock or of the instant in UTC. Infinities
   * are the last and the first moment of the years 9999 and 1.
   */
  long timestampAt(int column);

  byte[] bytesAt(int column);

  /**
   * The value as Java object by the column's type: Long, BigDecimal, LocalDate, LocalDateTime,
   * String ...
   */
  @Nullable Object objectAt(int column);

  /** Ends the statement, in the warehouse too, and gives back its connection. */
  @Override
  void close();
}
