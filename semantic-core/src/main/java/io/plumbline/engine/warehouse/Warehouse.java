package io.plumbline.engine.warehouse;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.plumbline.engine.QueryException;
import io.plumbline.engine.ResultColumn;
import io.plumbline.engine.Rows;
import io.plumbline.engine.RunningQuery;
import io.plumbline.engine.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlString;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL that holds the company's data: its catalog, its dialect, its connections. */
public final class Warehouse implements AutoCloseable {

  /** Every transaction is read only, whatever the login's defaults. */
  private static final String SESSION =
      "-c default_transaction_read_only=on -c IntervalStyle=postgres"
          + " -c plan_cache_mode=force_custom_plan";

  /**
   * The driver asks for the zone of this machine when it connects; instants are written in UTC. And
   * PostgreSQL looks every few seconds whether this process still lives, so that what it asked ends
   * with it; on Windows PostgreSQL can't, and refuses to be told to.
   */
  private static final String BEGIN_SESSION =
      "SELECT set_config('TimeZone', 'UTC', false), CASE WHEN version() !~*"
          + " 'visual c|windows|mingw|msvc' THEN"
          + " set_config('client_connection_check_interval', '5s', false) END";

  private static final int SIGN_OF_LIFE_SECONDS = 2;

  private final HikariDataSource pool;
  private final RelDataTypeFactory types;
  private final PostgresDialect dialect = new PostgresDialect();
  private volatile WarehouseCatalog catalog;

  /**
   * Connects and reads the catalog.
   *
   * @throws io.plumbline.engine.QueryException if the warehouse can't be reached
   */
  public static Warehouse open(WarehouseSettings settings, RelDataTypeFactory types) {
    HikariDataSource pool;
    try {
      pool = new HikariDataSource(poolConfig(settings));
    } catch (com.zaxxer.hikari.pool.HikariPool.PoolInitializationException e) {
      throw e.getCause() instanceof SQLException cause
          ? WarehouseProblems.notOpened(cause, settings)
          : e;
    }
    try {
      return new Warehouse(pool, types);
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  private Warehouse(HikariDataSource pool, RelDataTypeFactory types) {
    this.pool = pool;
    this.types = types;
    this.catalog = readCatalog();
  }

  private static HikariConfig poolConfig(WarehouseSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("warehouse");
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(settings.poolSize());
    config.setConnectionTimeout(settings.connectionTimeout().toMillis());
    config.setAutoCommit(false);
    config.setConnectionInitSql(BEGIN_SESSION);
    config.setIsolateInternalQueries(true);
    config.addDataSourceProperty("ApplicationName", "plumbline");
    config.addDataSourceProperty("stringtype", "unspecified");
    config.addDataSourceProperty("options", sessionOptions(settings));
    return config;
  }

  private static String sessionOptions(WarehouseSettings settings) {
    long timeout = settings.statementTimeout().toMillis();
    return timeout == 0 ? SESSION : SESSION + " -c statement_timeout=" + timeout;
  }

  /** The tables as last read. */
  public WarehouseCatalog catalog() {
    return catalog;
  }

  /** Reads the catalog again. */
  public void refresh() {
    catalog = readCatalog();
  }

  private WarehouseCatalog readCatalog() {
    try (Connection connection = pool.getConnection()) {
      return WarehouseCatalog.read(connection, types);
    } catch (SQLException e) {
      throw WarehouseProblems.of(e);
    }
  }

  /**
   * Writes a plan in the warehouse's SQL.
   *
   * @throws QueryException if the warehouse has no words for a part of it
   */
  public WarehouseStatement render(RelNode plan) {
    try {
      return rendered(plan);
    } catch (StackOverflowError e) {
      throw new QueryException(
          SqlState.TOO_MANY, "the statement is nested too deeply; simplify it");
    } catch (RuntimeException | AssertionError e) {
      throw WarehouseProblems.notWritten(e);
    }
  }

  private WarehouseStatement rendered(RelNode plan) {
    SqlNode node = new PostgresConverter(dialect).statement(plan);
    SqlString sql =
        node.toSqlString(
            writer ->
                writer
                    .withDialect(dialect)
                    .withAlwaysUseParentheses(false)
                    .withSelectListItemsOnSeparateLines(false)
                    .withIndentation(0));
    return new WarehouseStatement(
        sql.getSql(), sql.getDynamicParameters() == null ? List.of() : sql.getDynamicParameters());
  }

  /** An execution of a statement whose columns are these, in this order. */
  public RunningQuery execution(WarehouseStatement statement, List<ResultColumn> columns) {
    return new WarehouseQuery(pool, statement, columns);
  }

  /** How many rows the warehouse expects to read for a statement. */
  public long estimatedScanRows(
      WarehouseStatement statement, List<? extends @Nullable Object> parameters) {
    return new ScanEstimate(pool).rows(statement, parameters);
  }

  /** Runs a plan of the engine's own and returns its rows, values as {@link Rows#objectAt}. */
  public List<List<@Nullable Object>> rows(RelNode plan) {
    List<ResultColumn> columns = ColumnTypes.columns(plan.getRowType());
    List<List<@Nullable Object>> result = new ArrayList<>();
    try (Rows rows = execution(render(plan), columns).start(List.of(), 0)) {
      while (rows.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
          row.add(rows.objectAt(i));
        }
        result.add(row);
      }
    }
    return result;
  }

  /** What the login may do beyond reading, a sentence for each; empty as it should be. */
  public List<String> rightsBeyondReading() {
    try (Connection connection = pool.getConnection()) {
      return LoginRights.beyondReading(connection);
    } catch (SQLException e) {
      throw WarehouseProblems.of(e);
    }
  }

  /** Whether the warehouse gives a sign of life. */
  public boolean answers() {
    try (Connection connection = pool.getConnection()) {
      return connection.isValid(SIGN_OF_LIFE_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
