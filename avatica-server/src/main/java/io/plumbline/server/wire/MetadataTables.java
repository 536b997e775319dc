package io.plumbline.server.wire;

import io.plumbline.engine.ResultColumn;
import io.plumbline.engine.ResultColumn.Type;
import io.plumbline.engine.Session.TableInfo;
import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/** The results of JDBC's metadata calls over the tables that a principal may see. */
final class MetadataTables {

  private static final List<ResultColumn> TABLES =
      columns(
          "TABLE_CAT",
          "TABLE_SCHEM",
          "TABLE_NAME",
          "TABLE_TYPE",
          "REMARKS",
          "TYPE_CAT",
          "TYPE_SCHEM",
          "TYPE_NAME",
          "SELF_REFERENCING_COL_NAME",
          "REF_GENERATION");
  private static final List<ResultColumn> COLUMNS =
      columns(
          "TABLE_CAT",
          "TABLE_SCHEM",
          "TABLE_NAME",
          "COLUMN_NAME",
          "DATA_TYPE:int",
          "TYPE_NAME",
          "COLUMN_SIZE:int",
          "BUFFER_LENGTH:int",
          "DECIMAL_DIGITS:int",
          "NUM_PREC_RADIX:int",
          "NULLABLE:int",
          "REMARKS",
          "COLUMN_DEF",
          "SQL_DATA_TYPE:int",
          "SQL_DATETIME_SUB:int",
          "CHAR_OCTET_LENGTH:int",
          "ORDINAL_POSITION:int",
          "IS_NULLABLE",
          "SCOPE_CATALOG",
          "SCOPE_SCHEMA",
          "SCOPE_TABLE",
          "SOURCE_DATA_TYPE:int",
          "IS_AUTOINCREMENT",
          "IS_GENERATEDCOLUMN");
  private static final List<ResultColumn> SCHEMAS = columns("TABLE_SCHEM", "TABLE_CATALOG");
  private static final List<ResultColumn> CATALOGS = columns("TABLE_CAT");
  private static final List<ResultColumn> TABLE_TYPES = columns("TABLE_TYPE");
  private static final List<ResultColumn> TYPES =
      columns(
          "TYPE_NAME",
          "DATA_TYPE:int",
          "PRECISION:int",
          "LITERAL_PREFIX",
          "LITERAL_SUFFIX",
          "CREATE_PARAMS",
          "NULLABLE:int",
          "CASE_SENSITIVE:boolean",
          "SEARCHABLE:int",
          "UNSIGNED_ATTRIBUTE:boolean",
          "FIXED_PREC_SCALE:boolean",
          "AUTO_INCREMENT:boolean",
          "LOCAL_TYPE_NAME",
          "MINIMUM_SCALE:int",
          "MAXIMUM_SCALE:int",
          "SQL_DATA_TYPE:int",
          "SQL_DATETIME_SUB:int",
          "NUM_PREC_RADIX:int");

  /** A result that comes whole in one frame. */
  record Table(Meta.Signature signature, Meta.Frame frame) {}

  private final List<TableInfo> tables;

  MetadataTables(List<TableInfo> tables) {
    this.tables = tables;
  }

  /** Texts, unless the name says {@code :int} or {@code :boolean}. */
  private static List<ResultColumn> columns(String... names) {
    List<ResultColumn> columns = new ArrayList<>();
    for (String name : names) {
      String[] parts = name.split(":", 2);
      Type type =
          parts.length == 1 ? Type.VARCHAR : parts[1].equals("int") ? Type.INTEGER : Type.BOOLEAN;
      columns.add(new ResultColumn(parts[0], type, 0, 0, true, "", false));
    }
    return List.copyOf(columns);
  }

  private static Table table(List<ResultColumn> columns, List<Object> rows) {
    return new Table(WireTypes.signature("", columns, List.of()), new Meta.Frame(0, true, rows));
  }

  private static Object row(@Nullable Object... cells) {
    return cells;
  }

  Table tables(Meta.Pat schemaPattern, Meta.Pat namePattern, @Nullable List<String> types) {
    LikePattern schema = LikePattern.of(schemaPattern);
    LikePattern name = LikePattern.of(namePattern);
    List<Object> rows = new ArrayList<>();
    for (TableInfo table : tables) {
      if (schema.matches(table.schema())
          && name.matches(table.name())
          && (types == null || types.stream().anyMatch(table.type()::equalsIgnoreCase))) {
        rows.add(
            row(
                null,
                table.schema(),
                table.name(),
                table.type(),
                table.remarks(),
                null,
                null,
                null,
                null,
                null));
      }
    }
    return table(TABLES, rows);
  }

  Table columns(Meta.Pat schemaPattern, Meta.Pat tablePattern, Meta.Pat columnPattern) {
    LikePattern schema = LikePattern.of(schemaPattern);
    LikePattern tableName = LikePattern.of(tablePattern);
    LikePattern columnName = LikePattern.of(columnPattern);
    List<Object> rows = new ArrayList<>();
    for (TableInfo table : tables) {
      if (schema.matches(table.schema()) && tableName.matches(table.name())) {
        int ordinal = 0;
        for (ResultColumn column : table.columns()) {
          ordinal++;
          if (columnName.matches(column.name())) {
            rows.add(columnRow(table, column, ordinal));
          }
        }
      }
    }
    return table(COLUMNS, rows);
  }

  private static Object columnRow(TableInfo table, ResultColumn column, int ordinal) {
    Type type = column.type();
    boolean numeric = WireTypes.isNumeric(type);
    int size = WireTypes.precision(column);
    return row(
        null,
        table.schema(),
        table.name(),
        column.name(),
        type.jdbcType(),
        type.sqlName(),
        size == 0 ? null : size,
        null,
        numeric ? column.scale() : null,
        numeric ? 10 : null,
        column.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
        column.description(),
        null,
        null,
        null,
        type == Type.VARCHAR && size > 0 ? size : null,
        ordinal,
        column.nullable() ? "YES" : "NO",
        null,
        null,
        null,
        null,
        "NO",
        column.generated() ? "YES" : "NO");
  }

  Table schemas(Meta.Pat schemaPattern) {
    LikePattern pattern = LikePattern.of(schemaPattern);
    return table(
        SCHEMAS,
        schemaNames().stream().filter(pattern::matches).map(name -> row(name, null)).toList());
  }

  Set<String> schemaNames() {
    Set<String> names = new TreeSet<>();
    tables.forEach(table -> names.add(table.schema()));
    return names;
  }

  /** There are no catalogs, only schemas. */
  static Table catalogs() {
    return table(CATALOGS, List.of());
  }

  static Table tableTypes() {
    return table(TABLE_TYPES, List.of(row("TABLE"), row("VIEW")));
  }

  static Table types() {
    List<Object> rows = new ArrayList<>();
    for (Type type : Type.values()) {
      rows.add(typeRow(type));
    }
    return table(TYPES, rows);
  }

  private static Object typeRow(Type type) {
    boolean numeric = WireTypes.isNumeric(type);
    int precision = WireTypes.precision(new ResultColumn("", type, 0, 0, true, "", false));
    String prefix =
        switch (type) {
          case DATE, TIME, TIMESTAMP -> type.name().toLowerCase(Locale.ROOT) + " '";
          case VARCHAR -> "'";
          default -> null;
        };
    return row(
        type.sqlName(),
        type.jdbcType(),
        precision == 0 ? null : precision,
        prefix,
        prefix == null ? null : "'",
        type == Type.DECIMAL ? "precision,scale" : null,
        DatabaseMetaData.typeNullable,
        type == Type.VARCHAR,
        DatabaseMetaData.typeSearchable,
        !numeric,
        false,
        false,
        type.sqlName(),
        0,
        0,
        null,
        null,
        numeric ? 10 : null);
  }
}
