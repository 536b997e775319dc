package io.plumbline.it;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** The rows of a file of hand-checked values. */
record GoldenRows(List<String> header, List<List<String>> rows) {

  GoldenRows {
    header = List.copyOf(header);
    rows = List.copyOf(rows);
  }

  static GoldenRows read(String name) {
    List<List<String>> all =
        RunningCompany.resource("/golden/expected/" + name + ".csv")
            .lines()
            .map(GoldenRows::cells)
            .toList();
    return new GoldenRows(all.get(0), all.subList(1, all.size()));
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (char c : line.toCharArray()) {
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }

  /** The rows with some text in a column. */
  GoldenRows where(String column, Predicate<String> condition) {
    int index = header.indexOf(column);
    return new GoldenRows(
        header, rows.stream().filter(row -> condition.test(row.get(index))).toList());
  }

  /** Some columns of every row. */
  List<List<String>> columns(String... names) {
    List<Integer> indexes = Arrays.stream(names).map(this::index).toList();
    return rows.stream().map(row -> indexes.stream().map(row::get).toList()).toList();
  }

  /** All columns but the first ones. */
  List<List<String>> after(int count) {
    return rows.stream().map(row -> row.subList(count, row.size())).toList();
  }

  private int index(String column) {
    int index = header.indexOf(column);
    if (index < 0) {
      throw new IllegalArgumentException("No column " + column + " in " + header);
    }
    return index;
  }
}
