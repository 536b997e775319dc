package io.plumbline.engine.warehouse;

import io.plumbline.demo.EmbeddedWarehouse;
import io.plumbline.engine.sql.Conversion;
import io.plumbline.engine.sql.PlumblineTypeSystem;
import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.sql.Statement;
import io.plumbline.engine.sql.StatementParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;

/** A PostgreSQL with the tables of the corpora, and the way of a query without metrics. */
final class CorpusWarehouse implements AutoCloseable {

  private final EmbeddedWarehouse server;
  private final Warehouse warehouse;
  private final QueryCompiler compiler;
  private final StatementParser parser = new StatementParser();
  private final CalciteSchema root;

  private CorpusWarehouse(EmbeddedWarehouse server, Duration statementTimeout) {
    this.server = server;
    RelDataTypeFactory types = PlumblineTypeSystem.typeFactory();
    this.warehouse =
        Warehouse.open(
            new WarehouseSettings(
                server.jdbcUrl(),
                server.readerUser(),
                server.readerPassword(),
                10,
                Duration.ofSeconds(10),
                statementTimeout),
            types);
    this.compiler = new QueryCompiler(types);
    this.root = root(warehouse.catalog());
  }

  static CorpusWarehouse start(String... schemas) throws SQLException {
    return start(Duration.ZERO, schemas);
  }

  static CorpusWarehouse start(Duration statementTimeout, String... schemas) throws SQLException {
    EmbeddedWarehouse server = EmbeddedWarehouse.start(Optional.empty());
    try (Connection owner = server.owner();
        var statement = owner.createStatement()) {
      for (String schema : schemas) {
        statement.execute(resource(schema));
      }
    }
    server.publish(List.of("saas"));
    return new CorpusWarehouse(server, statementTimeout);
  }

  private static CalciteSchema root(WarehouseCatalog catalog) {
    CalciteSchema root = CalciteSchema.createRootSchema(false, false);
    SchemaPlus plus = root.plus();
    catalog.schemas().forEach((name, tables) -> plus.add(name, new Tables(tables)));
    return root;
  }

  private static final class Tables extends AbstractSchema {
    private final Map<String, Table> tables;

    Tables(Map<String, WarehouseTable> tables) {
      this.tables = Map.copyOf(tables);
    }

    @Override
    protected Map<String, Table> getTableMap() {
      return tables;
    }
  }

  static String resource(String name) {
    try (InputStream in = CorpusWarehouse.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no test resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Warehouse warehouse() {
    return warehouse;
  }

  EmbeddedWarehouse server() {
    return server;
  }

  Statement parse(String sql) {
    return parser.parse(sql);
  }

  Conversion convert(Statement.Query query) {
    return compiler.compilation(root, List.of("saas")).convert(query.node());
  }

  /** The warehouse's SQL for a query. */
  String render(String sql) {
    return warehouse.render(convert((Statement.Query) parse(sql)).root().project()).sql();
  }

  /** The rows of a query, each as a text with its values by {@link CellText}. */
  List<String> rows(String sql) {
    return rows((Statement.Query) parse(sql));
  }

  List<String> rows(Statement.Query query) {
    return warehouse.rows(convert(query).root().project()).stream().map(CellText::row).toList();
  }

  @Override
  public void close() {
    warehouse.close();
    server.close();
  }
}
