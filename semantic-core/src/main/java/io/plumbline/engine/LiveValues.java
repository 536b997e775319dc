package io.plumbline.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Live rows as parameters of a statement: an array for each column. */
final class LiveValues {

  /** More is not sent along with a statement. */
  private static final long MOST_CHARACTERS = 256L << 20;

  private LiveValues() {}

  static List<@Nullable Object> columns(LiveTable table, List<List<@Nullable String>> rows) {
    List<@Nullable String[]> columns = new ArrayList<>();
    table.columns().forEach(column -> columns.add(new @Nullable String[rows.size()]));
    long characters = 0;
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < columns.size(); column++) {
        String value = rows.get(row).get(column);
        characters += value == null ? 0 : value.length();
        columns.get(column)[row] = value == null ? null : value.replace("\0", "");
      }
      if (characters > MOST_CHARACTERS) {
        throw new QueryException(
            SqlState.TOO_MANY,
            table.schema() + "." + table.name() + " is too large to be queried. Read its files");
      }
    }
    return new ArrayList<>(columns);
  }
}
