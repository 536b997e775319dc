package io.plumbline.engine.warehouse;

import io.plumbline.engine.sql.PlumblineTypeSystem;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAbstractDateTimeLiteral;
import org.apache.calcite.sql.SqlAlienSystemTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.dialect.PostgresqlSqlDialect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** How PostgreSQL spells what a plan says. */
public final class PostgresDialect extends PostgresqlSqlDialect {

  public PostgresDialect() {
    super(DEFAULT_CONTEXT.withDataTypeSystem(new PlumblineTypeSystem()));
  }

  /** Casts that the planner adds must not round or cut: the type goes without precision. */
  @Override
  public @Nullable SqlNode getCastSpec(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case VARCHAR, CHAR -> named("text", type);
      case DECIMAL -> named("numeric", type);
      case TIMESTAMP -> named("timestamp", type);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> named("timestamptz", type);
      case TIME -> named("time", type);
      default -> super.getCastSpec(type);
    };
  }

  private static SqlNode named(String name, RelDataType type) {
    return new SqlDataTypeSpec(
        new SqlAlienSystemTypeNameSpec(name, type.getSqlTypeName(), SqlParserPos.ZERO),
        SqlParserPos.ZERO);
  }

  @Override
  public void unparseDateTimeLiteral(
      SqlWriter writer, SqlAbstractDateTimeLiteral literal, int left, int right) {
    if (literal.getTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE) {
      writer.literal("TIMESTAMPTZ '" + literal.toFormattedString() + "+00'");
    } else {
      super.unparseDateTimeLiteral(writer, literal, left, right);
    }
  }
}
