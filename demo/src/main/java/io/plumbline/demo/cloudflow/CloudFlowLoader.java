package io.plumbline.demo.cloudflow;

import io.plumbline.demo.ProgressListener;
import io.plumbline.demo.Resources;
import io.plumbline.demo.cloudflow.history.History;
import io.plumbline.demo.cloudflow.source.CompanyTables;
import io.plumbline.demo.cloudflow.source.DirtLog;
import io.plumbline.demo.cloudflow.source.RowWriter;
import io.plumbline.demo.cloudflow.source.SourceTable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.LongConsumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** Creates CloudFlow's tables, fills them by COPY as they are generated, then adds the indexes. */
public final class CloudFlowLoader {
  private static final double PLANNED = 0.05;
  private static final double TABLES_SHARE = 0.85;

  private final Resources resources;
  private final double scale;
  private final long seed;

  public CloudFlowLoader(Resources resources, double scale, long seed) {
    this.resources = resources;
    this.scale = scale;
    this.seed = seed;
  }

  /** Loads everything in the connection's transaction. */
  public void load(Connection connection, ProgressListener progress) throws SQLException {
    progress.progress("history", 0);
    History history = new History(scale, seed);
    progress.progress("invoices and answer key", PLANNED / 2);
    CompanyTables company = new CompanyTables(history);
    try (Statement statement = connection.createStatement()) {
      statement.execute(resources.file("schema.sql").text());
      copyAll(connection, company, progress);
      createIndexes(statement, progress);
    }
  }

  private static void copyAll(
      Connection connection, CompanyTables company, ProgressListener progress) throws SQLException {
    List<SourceTable> tables = company.tables();
    double total = tables.stream().mapToLong(SourceTable::expectedRows).sum();
    double done = 0;
    for (SourceTable table : tables) {
      double before = done;
      LongConsumer onRows =
          rows -> {
            double share = (before + Math.min(rows, table.expectedRows())) / total;
            progress.progress(table.name(), PLANNED + TABLES_SHARE * share);
          };
      onRows.accept(0);
      copy(connection, table, onRows);
      done += table.expectedRows();
    }
    copyDirt(connection, company.dirt());
  }

  private static void copy(Connection connection, SourceTable table, LongConsumer onRows)
      throws SQLException {
    try (OutputStream out = copyInto(connection, table.name())) {
      RowWriter rows = new RowWriter(out, onRows);
      table.write(rows);
      rows.flush();
    } catch (IOException | UncheckedIOException e) {
      throw new SQLException("Loading " + table.name() + " failed: " + e.getMessage(), e);
    }
  }

  private static void copyDirt(Connection connection, DirtLog dirt) throws SQLException {
    try (OutputStream out = copyInto(connection, "truth.injected_dirt")) {
      dirt.copyTo(out);
    } catch (IOException e) {
      throw new SQLException("Loading truth.injected_dirt failed: " + e.getMessage(), e);
    }
  }

  private static OutputStream copyInto(Connection connection, String table) throws SQLException {
    return new PGCopyOutputStream(
        connection.unwrap(PGConnection.class), "copy " + table + " from stdin", 1 << 16);
  }

  private void createIndexes(Statement statement, ProgressListener progress) throws SQLException {
    List<String> commands =
        resources
            .file("indexes.sql")
            .text()
            .lines()
            .filter(line -> !line.startsWith("--"))
            .toList();
    for (int i = 0; i < commands.size(); i++) {
      progress.progress(
          "indexes", PLANNED + TABLES_SHARE + (1 - PLANNED - TABLES_SHARE) * i / commands.size());
      statement.execute(commands.get(i));
    }
  }
}
