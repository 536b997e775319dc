package io.plumbline.definitions.reader;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Metrics, dimensions and time columns of a table all have names of their own. */
final class TableColumnsAreUnique implements Rule {

  private static final Set<String> TIMES =
      Set.of(
          "day", "week", "month", "quarter", "year", "period_start", "period_end", "is_complete");

  @Override
  public void check(Draft draft, Problems problems) {
    draft.tables().forEach(table -> check(table, draft, problems));
  }

  private static void check(TableDeclaration table, Draft draft, Problems problems) {
    Map<String, String> taken = new HashMap<>();
    TIMES.forEach(time -> taken.put(time, "a time column"));
    taken.put(table.time().text(), "a time column");
    for (Column column : columns(table, draft)) {
      String before = taken.putIfAbsent(column.name().text(), column.kind());
      if (before != null) {
        problems.add(
            column.name().at(),
            "Table '%s' has %s and %s of the name '%s'."
                .formatted(table.name(), before, column.kind(), column.name()),
            "Give a dimension another name here: `{name: ..., dimension: dataset.dimension}`, or"
                + " leave one out.");
      }
    }
  }

  private record Column(String kind, Name name) {}

  private static List<Column> columns(TableDeclaration table, Draft draft) {
    Stream<Name> metrics =
        table.allMetrics()
            ? draft.metricNames().stream().map(name -> new Name(name, table.name().at()))
            : table.metrics().stream();
    List<Column> columns = new ArrayList<>(metrics.map(m -> new Column("a metric", m)).toList());
    table.dimensions().stream()
        .flatMap(pick -> PickedDimension.of(pick, draft).stream())
        .forEach(picked -> columns.add(new Column("a dimension", picked.name())));
    table.classes().forEach(c -> columns.add(new Column("a class", c.name())));
    return columns;
  }
}
