package io.plumbline.demo.golden;

import io.plumbline.demo.DemoException;
import java.time.DateTimeException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A table of the golden company and the types of its columns, in order. */
record GoldenTable(String name, Map<String, ColumnType> columns) {

  GoldenTable {
    columns = new LinkedHashMap<>(columns);
  }

  String fileName() {
    return name + ".csv";
  }

  /** Refuses a file whose columns are not this table's; their order is free. */
  void checkHeader(CsvFile file) {
    Set<String> missing = new LinkedHashSet<>(columns.keySet());
    file.header().forEach(missing::remove);
    if (!missing.isEmpty()) {
      throw new DemoException(
          file.name()
              + ": the column "
              + quoted(missing)
              + " is missing. Add it, empty if need be.");
    }
    Set<String> extra = new LinkedHashSet<>(file.header());
    extra.removeAll(columns.keySet());
    if (!extra.isEmpty()) {
      throw new DemoException(
          file.name()
              + ": the column "
              + quoted(extra)
              + " is not known. The columns are: "
              + String.join(", ", columns.keySet())
              + ".");
    }
    if (file.header().size() != columns.size()) {
      throw new DemoException(file.name() + ": a column stands twice in the header. Remove one.");
    }
  }

  /** The rows as the text that COPY reads. */
  String copyText(CsvFile file) {
    List<ColumnType> types = file.header().stream().map(columns::get).toList();
    StringBuilder text = new StringBuilder();
    for (CsvFile.Row row : file.rows()) {
      for (int i = 0; i < types.size(); i++) {
        text.append(i == 0 ? "" : "\t").append(value(file, row, i, types.get(i)));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String value(CsvFile file, CsvFile.Row row, int column, ColumnType type) {
    String cell = row.cells().get(column);
    if (cell.isEmpty()) {
      return "\\N";
    }
    try {
      return type.read(cell)
          .replace("\\", "\\\\")
          .replace("\t", "\\t")
          .replace("\n", "\\n")
          .replace("\r", "\\r");
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new DemoException(
          file.name()
              + ":"
              + row.line()
              + ": column "
              + file.header().get(column)
              + ": '"
              + cell
              + "' is not "
              + type.description()
              + ".",
          e);
    }
  }

  private static String quoted(Set<String> names) {
    return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
  }
}
