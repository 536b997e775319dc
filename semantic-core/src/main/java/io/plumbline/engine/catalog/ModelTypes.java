package io.plumbline.engine.catalog;

import io.plumbline.definitions.DataType;
import io.plumbline.definitions.Metric;
import io.plumbline.engine.plan.CohortColumn;
import io.plumbline.engine.plan.TimeColumn;
import io.plumbline.engine.sql.PlumblineTypeSystem;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** The SQL types of what definitions declare. */
final class ModelTypes {

  private final RelDataTypeFactory types;

  ModelTypes(RelDataTypeFactory types) {
    this.types = types;
  }

  /** A column that has a problem already is there with its declared type: one problem is enough. */
  RelDataType rowType(CompiledDataset dataset) {
    RelDataTypeFactory.Builder row = types.builder();
    dataset
        .definition()
        .columns()
        .forEach(
            column -> {
              RexNode expression = dataset.columns().get(column.name());
              row.add(
                  column.name(),
                  expression == null ? declared(column.type()) : expression.getType());
            });
    return row.build();
  }

  private RelDataType declared(DataType type) {
    RelDataType exact =
        switch (type) {
          case TEXT -> types.createSqlType(SqlTypeName.VARCHAR);
          case BOOLEAN -> types.createSqlType(SqlTypeName.BOOLEAN);
          case INTEGER -> types.createSqlType(SqlTypeName.INTEGER);
          case BIGINT -> types.createSqlType(SqlTypeName.BIGINT);
          case DECIMAL -> PlumblineTypeSystem.numeric(types, true);
          case DOUBLE -> types.createSqlType(SqlTypeName.DOUBLE);
          case DATE -> types.createSqlType(SqlTypeName.DATE);
          case TIMESTAMPTZ -> types.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, 6);
        };
    return types.createTypeWithNullability(exact, true);
  }

  RelDataType nullable(RelDataType rowType) {
    RelDataTypeFactory.Builder row = types.builder();
    rowType
        .getFieldList()
        .forEach(f -> row.add(f.getName(), types.createTypeWithNullability(f.getType(), true)));
    return row.build();
  }

  RelDataType metricType(Metric metric) {
    return switch (metric.info().unit()) {
      case TEXT -> types.createTypeWithNullability(types.createSqlType(SqlTypeName.VARCHAR), true);
      case CURRENCY, RATIO, SCORE -> PlumblineTypeSystem.numeric(types, true);
      case COUNT ->
          metric instanceof Metric.Cumulative cumulative && cumulative.averageWhenCoarser()
              ? PlumblineTypeSystem.numeric(types, true)
              : types.createTypeWithNullability(types.createSqlType(SqlTypeName.BIGINT), true);
    };
  }

  RelDataType timeType(TimeColumn column) {
    return types.createSqlType(
        column == TimeColumn.IS_COMPLETE ? SqlTypeName.BOOLEAN : SqlTypeName.DATE);
  }

  RelDataType cohortType(CohortColumn column) {
    return types.createSqlType(
        column == CohortColumn.COHORT_MONTH ? SqlTypeName.DATE : SqlTypeName.INTEGER);
  }

  static boolean hasZone(RexNode expression) {
    return expression.getType().getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
  }

  static boolean fits(DataType wanted, RelDataType type) {
    return switch (wanted) {
      case TEXT -> SqlTypeUtil.inCharFamily(type);
      case BOOLEAN -> SqlTypeUtil.inBooleanFamily(type);
      case INTEGER, BIGINT -> SqlTypeUtil.isIntType(type);
      case DECIMAL -> SqlTypeUtil.isExactNumeric(type);
      case DOUBLE -> SqlTypeUtil.isNumeric(type);
      case DATE -> type.getSqlTypeName() == SqlTypeName.DATE;
      case TIMESTAMPTZ -> type.getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
    };
  }
}
