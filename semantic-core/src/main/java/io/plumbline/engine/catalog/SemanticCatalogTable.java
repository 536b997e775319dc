package io.plumbline.engine.catalog;

import io.plumbline.definitions.SemanticTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;

/** A semantic table as the validator sees it; the planner lowers every scan of it. */
public final class SemanticCatalogTable extends AbstractTable {

  private final SemanticTable definition;
  private final List<SemanticColumn> columns;
  private final List<SemanticColumn> withoutMetrics;
  private final Map<String, SemanticColumn> metricsByName =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final List<String> metricNames;

  SemanticCatalogTable(SemanticTable definition, List<SemanticColumn> columns) {
    this(definition, columns, evaluated(columns).map(SemanticColumn::name).toList());
  }

  private static Stream<SemanticColumn.Metrical> evaluated(List<SemanticColumn> columns) {
    return columns.stream()
        .filter(SemanticColumn.Metrical.class::isInstance)
        .map(SemanticColumn.Metrical.class::cast)
        .filter(column -> !SuppressedColumn.is(column));
  }

  private SemanticCatalogTable(
      SemanticTable definition, List<SemanticColumn> columns, List<String> metricNames) {
    this.definition = definition;
    this.columns = List.copyOf(columns);
    this.metricNames = metricNames;
    this.withoutMetrics =
        columns.stream().filter(c -> !(c instanceof SemanticColumn.Metrical)).toList();
    columns.stream()
        .filter(SemanticColumn.Metrical.class::isInstance)
        .forEach(c -> metricsByName.put(c.name(), c));
  }

  public SemanticTable definition() {
    return definition;
  }

  /** Time columns, dimensions, metrics: the order of the row type. */
  public List<SemanticColumn> columns() {
    return columns;
  }

  /** The metrics among its columns; the mark of small groups is none. */
  public List<SemanticColumn.Metrical> metrics() {
    return evaluated(columns).toList();
  }

  /**
   * All metrics that its reader may name, those that a query does not mention too; the mark of
   * small groups is none.
   */
  public List<String> metricNames() {
    return metricNames;
  }

  /**
   * The same with those metrics only that are among the names; a table of cohorts keeps all of its
   * few.
   */
  SemanticCatalogTable withMetrics(Collection<String> names) {
    if (withoutMetrics.stream().anyMatch(SemanticColumn.OfCohort.class::isInstance)) {
      return this;
    }
    List<SemanticColumn> some = new ArrayList<>(withoutMetrics);
    names.stream().map(metricsByName::get).filter(Objects::nonNull).forEach(some::add);
    return new SemanticCatalogTable(definition, some, metricNames);
  }

  /** The dimension that is the key of the table's entity. */
  public Optional<SemanticColumn.Dimensional> entityKey() {
    return columns.stream()
        .filter(SemanticColumn.Dimensional.class::isInstance)
        .map(SemanticColumn.Dimensional.class::cast)
        .filter(column -> column.reference().entityKey())
        .findFirst();
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory types) {
    RelDataTypeFactory.Builder row = types.builder();
    columns.forEach(column -> row.add(column.name(), column.type()));
    return row.build();
  }
}
