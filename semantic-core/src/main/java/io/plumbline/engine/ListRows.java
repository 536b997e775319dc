package io.plumbline.engine;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of text that the engine knows by itself, such as those of {@code explain} and {@code show}.
 */
final class ListRows implements Rows {

  private final Iterator<List<@Nullable String>> rows;
  private List<@Nullable String> row = List.of();

  ListRows(List<List<@Nullable String>> rows) {
    this.rows = rows.iterator();
  }

  @Override
  public boolean next() {
    if (!rows.hasNext()) {
      return false;
    }
    row = rows.next();
    return true;
  }

  @Override
  public boolean isNull(int column) {
    return row.get(column) == null;
  }

  @Override
  public String textAt(int column) {
    return String.valueOf(row.get(column));
  }

  @Override
  public @Nullable Object objectAt(int column) {
    return row.get(column);
  }

  @Override
  public boolean booleanAt(int column) {
    throw isText();
  }

  @Override
  public int intAt(int column) {
    throw isText();
  }

  @Override
  public long longAt(int column) {
    throw isText();
  }

  @Override
  public double doubleAt(int column) {
    throw isText();
  }

  @Override
  public BigDecimal decimalAt(int column) {
    throw isText();
  }

  @Override
  public int dateAt(int column) {
    throw isText();
  }

  @Override
  public int timeAt(int column) {
    throw isText();
  }

  @Override
  public long timestampAt(int column) {
    throw isText();
  }

  @Override
  public byte[] bytesAt(int column) {
    throw isText();
  }

  @Override
  public void close() {}

  private static IllegalStateException isText() {
    return new IllegalStateException("the column is text");
  }
}
