package io.plumbline.demo.golden;

import io.plumbline.definitions.DefinitionFile;
import io.plumbline.demo.ProgressListener;
import io.plumbline.demo.Resources;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Creates the golden company's tables and fills each from the file of its name. */
public final class GoldenLoader {
  private static final String SCHEMA = "golden";

  private final Resources resources;
  private final Optional<Path> folder;

  public GoldenLoader(Resources resources, Optional<Path> folder) {
    this.resources = resources;
    this.folder = folder;
  }

  /**
   * What tells this input from another; a user's folder is read anew every time, since its files
   * may have changed.
   *
   * @throws io.plumbline.demo.DemoException if a user's folder has other files than those shipped
   */
  public String fingerprint() throws IOException {
    if (folder.isEmpty()) {
      return "shipped";
    }
    Set<String> shipped = new HashSet<>();
    for (DefinitionFile file : resources.folder("input", ".csv")) {
      shipped.add(file.name().substring(file.name().lastIndexOf('/') + 1));
    }
    new GoldenInput.Folder(folder.get()).checkFiles(shipped);
    return folder.get() + " at " + System.nanoTime();
  }

  /** Loads everything or throws; nothing is written before all names are checked. */
  public void load(Connection connection, ProgressListener progress)
      throws SQLException, IOException {
    GoldenInput input =
        folder
            .<GoldenInput>map(GoldenInput.Folder::new)
            .orElseGet(() -> new GoldenInput.Shipped(resources));
    List<GoldenTable> tables = createTables(connection);
    input.checkFiles(tables.stream().map(GoldenTable::fileName).collect(Collectors.toSet()));
    for (int i = 0; i < tables.size(); i++) {
      GoldenTable table = tables.get(i);
      progress.progress(SCHEMA + "." + table.name(), (double) i / tables.size());
      CsvFile file = CsvFile.parse(table.fileName(), input.read(table.fileName()));
      table.checkHeader(file);
      copy(connection, table, file);
    }
    progress.progress(SCHEMA, 1.0);
  }

  private List<GoldenTable> createTables(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(resources.file("schema.sql").text());
    }
    Map<String, Map<String, ColumnType>> tables = new LinkedHashMap<>();
    try (ResultSet columns = connection.getMetaData().getColumns(null, SCHEMA, "%", "%")) {
      while (columns.next()) {
        String column = columns.getString("COLUMN_NAME");
        tables
            .computeIfAbsent(columns.getString("TABLE_NAME"), name -> new LinkedHashMap<>())
            .put(column, ColumnType.of(column, columns.getString("TYPE_NAME")));
      }
    }
    List<GoldenTable> result = new ArrayList<>();
    tables.forEach((name, columns) -> result.add(new GoldenTable(name, columns)));
    return result;
  }

  private static void copy(Connection connection, GoldenTable table, CsvFile file)
      throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      List<String> columns = new ArrayList<>();
      for (String column : file.header()) {
        columns.add(statement.enquoteIdentifier(column, true));
      }
      CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
      copy.copyIn(
          "copy "
              + SCHEMA
              + "."
              + statement.enquoteIdentifier(table.name(), true)
              + "("
              + String.join(", ", columns)
              + ") from stdin",
          new StringReader(table.copyText(file)));
    }
  }
}
