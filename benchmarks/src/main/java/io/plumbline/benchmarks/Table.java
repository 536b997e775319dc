package io.plumbline.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** A table of results, in Markdown. */
public final class Table {

  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... columns) {
    rows.add(List.of(columns));
    rows.add(List.of(columns).stream().map(name -> "---").toList());
  }

  /** Adds a row. */
  public void add(String... cells) {
    rows.add(List.of(cells));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      text.append("| ").append(String.join(" | ", row)).append(" |\n");
    }
    return text.toString();
  }
}
