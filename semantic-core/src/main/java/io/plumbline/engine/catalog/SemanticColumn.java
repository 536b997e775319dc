package io.plumbline.engine.catalog;

import io.plumbline.definitions.Dimension;
import io.plumbline.definitions.Metric;
import io.plumbline.definitions.SemanticTable.ClassColumn;
import io.plumbline.definitions.SemanticTable.DimensionReference;
import io.plumbline.engine.catalog.CompiledModel.DerivedExpression;
import io.plumbline.engine.plan.CohortColumn;
import io.plumbline.engine.plan.TimeColumn;
import org.apache.calcite.rel.type.RelDataType;

/** A column of a semantic table. */
public sealed interface SemanticColumn {

  String name();

  RelDataType type();

  /** One of the time columns that every semantic table has. */
  record Time(TimeColumn column, RelDataType type) implements SemanticColumn {
    @Override
    public String name() {
      return column.columnName();
    }
  }

  /** One of the columns that a table of cohorts has instead. */
  record OfCohort(CohortColumn column, RelDataType type) implements SemanticColumn {
    @Override
    public String name() {
      return column.columnName();
    }
  }

  /** A dimension. */
  record Dimensional(DimensionReference reference, Dimension dimension, RelDataType type)
      implements SemanticColumn {
    @Override
    public String name() {
      return reference.name();
    }
  }

  /**
   * A class of entities, computed from their metrics in each period.
   *
   * @param value over metrics
   */
  record Classified(ClassColumn column, DerivedExpression value, RelDataType type)
      implements SemanticColumn {
    @Override
    public String name() {
      return column.name();
    }
  }

  /** A metric, not evaluated yet. */
  record Metrical(Metric metric, RelDataType type) implements SemanticColumn {
    @Override
    public String name() {
      return metric.name();
    }
  }
}
