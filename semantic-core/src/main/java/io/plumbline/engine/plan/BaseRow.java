package io.plumbline.engine.plan;

import io.plumbline.engine.catalog.SemanticCatalogTable;
import io.plumbline.engine.catalog.SemanticColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;

/**
 * The row over which a query's expressions are read before its metrics are evaluated: the columns
 * of one semantic table, then the fields of relations that were joined to it, in order.
 */
record BaseRow(SemanticCatalogTable table, List<Joined> joined) {

  /**
   * A relation joined on a key on which it is unique: it filters or adds dimensions.
   *
   * @param condition over the base row up to and with this relation
   * @param type INNER, LEFT (the relation may have no match), SEMI or ANTI
   */
  record Joined(RelNode relation, JoinRelType type, RexNode condition) {}

  BaseRow {
    joined = List.copyOf(joined);
  }

  static BaseRow of(SemanticCatalogTable table) {
    return new BaseRow(table, List.of());
  }

  BaseRow with(Joined relation) {
    List<Joined> all = new ArrayList<>(joined);
    all.add(relation);
    return new BaseRow(table, all);
  }

  int tableWidth() {
    return table.columns().size();
  }

  int width() {
    int width = tableWidth();
    for (Joined relation : joined) {
      width += relation.relation().getRowType().getFieldCount();
    }
    return width;
  }

  /** The column of the semantic table behind a field, if it is one. */
  Optional<SemanticColumn> column(int field) {
    return field < tableWidth() ? Optional.of(table.columns().get(field)) : Optional.empty();
  }

  /** The time column behind a field, if it is one. */
  Optional<TimeColumn> time(int field) {
    return column(field)
        .filter(SemanticColumn.Time.class::isInstance)
        .map(column -> ((SemanticColumn.Time) column).column());
  }

  /** The column of cohorts behind a field, if it is one. */
  Optional<CohortColumn> cohort(int field) {
    return column(field)
        .filter(SemanticColumn.OfCohort.class::isInstance)
        .map(column -> ((SemanticColumn.OfCohort) column).column());
  }

  /** The metric behind a field, if it is one. */
  Optional<SemanticColumn.Metrical> metric(int field) {
    return column(field)
        .filter(SemanticColumn.Metrical.class::isInstance)
        .map(SemanticColumn.Metrical.class::cast);
  }

  /** Whether an expression over this row reads a time column. */
  boolean readsTime(RexNode expression) {
    return fields(expression).anyMatch(field -> time(field).isPresent());
  }

  /** Whether an expression over this row reads anything but time columns. */
  boolean readsEntities(RexNode expression) {
    return fields(expression).anyMatch(field -> time(field).isEmpty());
  }

  /** Whether an expression over this row reads a class of entities. */
  boolean readsClass(RexNode expression) {
    return fields(expression)
        .anyMatch(i -> column(i).filter(SemanticColumn.Classified.class::isInstance).isPresent());
  }

  /** Whether an expression reads no field. */
  boolean isConstant(RexNode expression) {
    return fields(expression).findAny().isEmpty();
  }

  private static Stream<Integer> fields(RexNode expression) {
    return Correlations.fields(expression).toList().stream();
  }
}
