package io.plumbline.server;

import io.plumbline.engine.Parameter;
import io.plumbline.engine.PreparedQuery;
import io.plumbline.engine.Principal;
import io.plumbline.engine.QueryException;
import io.plumbline.engine.ResultColumn;
import io.plumbline.engine.ResultColumn.Type;
import io.plumbline.engine.RunningQuery;
import io.plumbline.engine.Session;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.warehouse.Warehouse;
import io.plumbline.engine.warehouse.WarehouseStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * A session that passes SQL on to PostgreSQL as it is: what the wire is tested over. {@code set a =
 * b} keeps a setting, {@code show a} shows it.
 */
final class PostgresSession implements Session {

  private final Principal principal;
  private final Warehouse warehouse;
  private final DataSource describe;
  private final Map<String, String> settings = new HashMap<>();
  private final Runnable onClose;

  PostgresSession(Principal principal, Warehouse warehouse, DataSource describe, Runnable onClose) {
    this.principal = principal;
    this.warehouse = warehouse;
    this.describe = describe;
    this.onClose = onClose;
  }

  @Override
  public Principal principal() {
    return principal;
  }

  @Override
  public void set(String name, String value) {
    if (name.equals("time_zone") && !value.contains("/")) {
      throw new QueryException(SqlState.INVALID_PARAMETER, "no time zone '" + value + "'");
    }
    settings.put(name, value);
  }

  @Override
  public PreparedQuery prepare(String sql) {
    if (sql.equals("fail inside")) {
      throw new IllegalStateException("secret of the inside");
    }
    if (sql.startsWith("set ")) {
      String[] words = sql.substring(4).split(" = ", 2);
      set(words[0], words[1].replace("'", ""));
      return query("select 1 as nothing", List.of(), List.of());
    }
    if (sql.startsWith("show ")) {
      String value = settings.getOrDefault(sql.substring(5), "");
      return describe("select '" + value + "'::text as value");
    }
    return describe(sql);
  }

  private PreparedQuery describe(String sql) {
    try (Connection connection = describe.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      ResultSetMetaData meta = statement.getMetaData();
      List<ResultColumn> columns = new ArrayList<>();
      for (int i = 1; meta != null && i <= meta.getColumnCount(); i++) {
        columns.add(column(meta, i));
      }
      List<Parameter> parameters = new ArrayList<>();
      for (int i = 1; i <= statement.getParameterMetaData().getParameterCount(); i++) {
        parameters.add(new Parameter(type(statement.getParameterMetaData().getParameterType(i))));
      }
      return query(sql, columns, parameters);
    } catch (SQLException e) {
      throw new QueryException(SqlState.SYNTAX_ERROR, new QueryException.Place(1, 1), "bad SQL");
    }
  }

  private static ResultColumn column(ResultSetMetaData meta, int i) throws SQLException {
    Type type = type(meta.getColumnType(i));
    int precision = type == Type.DECIMAL && meta.getPrecision(i) < 1000 ? meta.getPrecision(i) : 0;
    return new ResultColumn(
        meta.getColumnLabel(i), type, precision, meta.getScale(i), true, "", false);
  }

  private static Type type(int jdbcType) {
    return switch (jdbcType) {
      case Types.BIT, Types.BOOLEAN -> Type.BOOLEAN;
      case Types.SMALLINT -> Type.SMALLINT;
      case Types.INTEGER -> Type.INTEGER;
      case Types.BIGINT -> Type.BIGINT;
      case Types.NUMERIC -> Type.DECIMAL;
      case Types.REAL -> Type.REAL;
      case Types.DOUBLE -> Type.DOUBLE;
      case Types.DATE -> Type.DATE;
      case Types.TIME -> Type.TIME;
      case Types.TIMESTAMP -> Type.TIMESTAMP;
      case Types.BINARY -> Type.VARBINARY;
      default -> Type.VARCHAR;
    };
  }

  private PreparedQuery query(String sql, List<ResultColumn> columns, List<Parameter> parameters) {
    List<Integer> positions = IntStream.range(0, parameters.size()).boxed().toList();
    return new PreparedQuery() {
      @Override
      public String sql() {
        return sql;
      }

      @Override
      public List<ResultColumn> columns() {
        return columns;
      }

      @Override
      public List<Parameter> parameters() {
        return parameters;
      }

      @Override
      public RunningQuery execution() {
        return warehouse.execution(new WarehouseStatement(sql, positions), columns);
      }
    };
  }

  @Override
  public List<TableInfo> tables() {
    Map<String, List<ResultColumn>> columns = new java.util.TreeMap<>();
    try (Connection connection = describe.getConnection();
        ResultSet rows = connection.getMetaData().getColumns(null, "app%", "%", "%")) {
      while (rows.next()) {
        String table = rows.getString("TABLE_SCHEM") + "." + rows.getString("TABLE_NAME");
        columns
            .computeIfAbsent(table, name -> new ArrayList<>())
            .add(
                new ResultColumn(
                    rows.getString("COLUMN_NAME"),
                    type(rows.getInt("DATA_TYPE")),
                    type(rows.getInt("DATA_TYPE")) == Type.DECIMAL ? rows.getInt("COLUMN_SIZE") : 0,
                    rows.getInt("DECIMAL_DIGITS"),
                    rows.getInt("NULLABLE") == 1,
                    "the " + rows.getString("COLUMN_NAME"),
                    rows.getString("COLUMN_NAME").equals("mrr")));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return columns.entrySet().stream()
        .map(
            table -> {
              String[] name = table.getKey().split("\\.", 2);
              return new TableInfo(name[0], name[1], "TABLE", "table " + name[1], table.getValue());
            })
        .toList();
  }

  @Override
  public void close() {
    onClose.run();
  }
}
