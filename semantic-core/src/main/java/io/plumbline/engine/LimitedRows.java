package io.plumbline.engine;

import java.math.BigDecimal;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Rows that are counted: one too many is an error, so that nobody takes a part for the whole. */
final class LimitedRows implements Rows {

  private final Rows rows;
  private final LimitedQuery query;
  private long count;

  LimitedRows(Rows rows, LimitedQuery query) {
    this.rows = rows;
    this.query = query;
  }

  @Override
  public boolean next() {
    boolean found = explained(rows::next);
    if (found) {
      count++;
      query.limits().maxResultRows().filter(most -> count > most).ifPresent(this::refuse);
    }
    return found;
  }

  private void refuse(long most) {
    throw new QueryException(
        SqlState.TOO_MANY,
        "the result has more than the " + most + " rows that you may fetch. Aggregate it");
  }

  private <T> T explained(Supplier<T> read) {
    try {
      return read.get();
    } catch (QueryException e) {
      throw query.explained(e);
    }
  }

  @Override
  public boolean isNull(int column) {
    return rows.isNull(column);
  }

  @Override
  public boolean booleanAt(int column) {
    return rows.booleanAt(column);
  }

  @Override
  public int intAt(int column) {
    return rows.intAt(column);
  }

  @Override
  public long longAt(int column) {
    return rows.longAt(column);
  }

  @Override
  public double doubleAt(int column) {
    return rows.doubleAt(column);
  }

  @Override
  public BigDecimal decimalAt(int column) {
    return rows.decimalAt(column);
  }

  @Override
  public String textAt(int column) {
    return rows.textAt(column);
  }

  @Override
  public int dateAt(int column) {
    return rows.dateAt(column);
  }

  @Override
  public int timeAt(int column) {
    return rows.timeAt(column);
  }

  @Override
  public long timestampAt(int column) {
    return rows.timestampAt(column);
  }

  @Override
  public byte[] bytesAt(int column) {
    return rows.bytesAt(column);
  }

  @Override
  public @Nullable Object objectAt(int column) {
    return rows.objectAt(column);
  }

  @Override
  public void close() {
    try {
      rows.close();
    } finally {
      query.end();
    }
  }
}
