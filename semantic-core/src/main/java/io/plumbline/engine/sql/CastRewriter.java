package io.plumbline.engine.sql;

import io.plumbline.engine.QueryException;
import io.plumbline.engine.QueryException.Place;
import io.plumbline.engine.SqlState;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** What a cast in the text of a query means: PostgreSQL's type names, and types with modifiers. */
final class CastRewriter {

  private CastRewriter() {}

  /** A text of the warehouse's, whatever the planner knows. */
  static SqlNode text(SqlNode value, SqlParserPos position) {
    return to("text", types -> types.createSqlType(SqlTypeName.VARCHAR), value, position);
  }

  static SqlNode rewritten(SqlCall cast) {
    SqlNode value = cast.operand(0);
    SqlNode type = cast.operand(1);
    SqlParserPos position = cast.getParserPosition();
    if (type instanceof SqlIntervalQualifier) {
      return value instanceof SqlCharStringLiteral text
          ? InfixOperators.interval(text.toValue() == null ? "" : text.toValue(), position)
          : to("interval", PostgresReturnTypes::interval, value, position);
    }
    if (!(type instanceof SqlDataTypeSpec spec)) {
      return cast;
    }
    SqlTypeNameSpec name = spec.getTypeNameSpec();
    if (name instanceof SqlCollectionTypeNameSpec collection) {
      return array(collection, value, position);
    }
    return named(name, value, position);
  }

  private static SqlNode named(SqlTypeNameSpec name, SqlNode value, SqlParserPos position) {
    if (name instanceof SqlUserDefinedTypeNameSpec) {
      return postgres(name.getTypeName().getSimple(), value, position);
    }
    if (name instanceof SqlBasicTypeNameSpec basic) {
      return basic(basic, value, position);
    }
    return plain(name, value, position);
  }

  /** A type that only PostgreSQL knows by this name. */
  private static SqlNode postgres(String name, SqlNode value, SqlParserPos position) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "text", "name", "citext", "bpchar", "string" ->
          cast(value, SqlTypeName.VARCHAR, position);
      case "int2" -> cast(value, SqlTypeName.SMALLINT, position);
      case "int4" -> cast(value, SqlTypeName.INTEGER, position);
      case "int8" -> cast(value, SqlTypeName.BIGINT, position);
      case "float4" -> floating("real", SqlTypeName.REAL, value, position);
      case "float8" -> floating("double precision", SqlTypeName.DOUBLE, value, position);
      case "bool" -> cast(value, SqlTypeName.BOOLEAN, position);
      case "timestamptz" -> instant(value, position);
      case "bytea" ->
          to("bytea", types -> types.createSqlType(SqlTypeName.VARBINARY), value, position);
      case "json", "jsonb", "uuid", "inet", "xml" ->
          to(
              name.toLowerCase(Locale.ROOT),
              types -> types.createSqlType(SqlTypeName.VARCHAR),
              value,
              position);
      default ->
          throw new QueryException(
              SqlState.UNDEFINED_FUNCTION,
              new Place(position.getLineNum(), position.getColumnNum()),
              "there is no type '" + name + "' to cast to");
    };
  }

  private static SqlNode basic(SqlBasicTypeNameSpec spec, SqlNode value, SqlParserPos position) {
    SqlTypeName type = SqlTypeName.valueOf(spec.getTypeName().getSimple().replace(' ', '_'));
    boolean modified = spec.getPrecision() >= 0;
    return switch (type) {
      case TIMESTAMP_TZ, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> instant(value, position);
      case TIME_TZ -> cast(value, SqlTypeName.TIME, position);
      case DECIMAL -> modified ? numeric(spec, value, position) : cast(value, type, position);
      case VARCHAR ->
          modified ? sized("varchar", spec, value, position) : plain(spec, value, position);
      case CHAR -> modified ? sized("char", spec, value, position) : plain(spec, value, position);
      case TIMESTAMP ->
          modified ? sized("timestamp", spec, value, position) : cast(value, type, position);
      case UUID -> postgres("uuid", value, position);
      case FLOAT, DOUBLE -> floating("double precision", SqlTypeName.DOUBLE, value, position);
      case REAL -> floating("real", SqlTypeName.REAL, value, position);
      default -> plain(spec, value, position);
    };
  }

  private static SqlNode instant(SqlNode value, SqlParserPos position) {
    Optional<SqlLiteral> literal =
        value instanceof SqlCharStringLiteral text && text.toValue() != null
            ? MomentText.instant(text.toValue(), position)
            : Optional.empty();
    return literal.isPresent()
        ? literal.get()
        : cast(value, SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, position);
  }

  /** Never folded into a literal: a literal with a fraction is exact for the warehouse. */
  private static SqlNode floating(
      String name, SqlTypeName type, SqlNode value, SqlParserPos position) {
    return to(name, types -> types.createSqlType(type), value, position);
  }

  private static SqlNode numeric(SqlBasicTypeNameSpec spec, SqlNode value, SqlParserPos position) {
    int precision = spec.getPrecision();
    int scale = Math.max(spec.getScale(), 0);
    return to(
        "numeric(" + precision + "," + scale + ")",
        types -> types.createSqlType(SqlTypeName.DECIMAL, precision, scale),
        value,
        position);
  }

  private static SqlNode sized(
      String name, SqlBasicTypeNameSpec spec, SqlNode value, SqlParserPos position) {
    boolean time = name.equals("timestamp");
    return to(
        name + "(" + spec.getPrecision() + ")",
        types ->
            time
                ? types.createSqlType(SqlTypeName.TIMESTAMP)
                : types.createSqlType(SqlTypeName.VARCHAR, spec.getPrecision()),
        value,
        position);
  }

  private static SqlNode array(
      SqlCollectionTypeNameSpec collection, SqlNode value, SqlParserPos position) {
    String element =
        collection.getElementTypeName().getTypeName().getSimple().toLowerCase(Locale.ROOT);
    SqlTypeName planned =
        switch (element) {
          case "integer", "int4" -> SqlTypeName.INTEGER;
          case "bigint", "int8" -> SqlTypeName.BIGINT;
          case "text", "varchar" -> SqlTypeName.VARCHAR;
          case "date" -> SqlTypeName.DATE;
          case "boolean", "bool" -> SqlTypeName.BOOLEAN;
          case "double", "float8" -> SqlTypeName.DOUBLE;
          default ->
              throw new QueryException(
                  SqlState.FEATURE_NOT_SUPPORTED,
                  new Place(position.getLineNum(), position.getColumnNum()),
                  "a cast to " + element + "[] is not supported");
        };
    String name = planned == SqlTypeName.DOUBLE ? "float8" : element;
    return to(
        name + "[]",
        types -> types.createArrayType(types.createSqlType(planned), -1),
        value,
        position);
  }

  private static SqlNode to(
      String type,
      Function<RelDataTypeFactory, RelDataType> planned,
      SqlNode value,
      SqlParserPos position) {
    return new ModifiedCast(type, planned).createCall(position, value);
  }

  private static SqlNode cast(SqlNode value, SqlTypeName type, SqlParserPos position) {
    return plain(new SqlBasicTypeNameSpec(type, position), value, position);
  }

  private static SqlNode plain(SqlTypeNameSpec spec, SqlNode value, SqlParserPos position) {
    return SqlStdOperatorTable.CAST.createCall(
        position, value, new SqlDataTypeSpec(spec, spec.getParserPos()));
  }
}
