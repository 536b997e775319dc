package io.plumbline.engine.plan;

import io.plumbline.engine.QueryException;
import io.plumbline.engine.SessionSettings;
import io.plumbline.engine.catalog.DatasetColumn;
import io.plumbline.engine.catalog.Lineage;
import io.plumbline.engine.catalog.Origin;
import io.plumbline.engine.catalog.SemanticCatalogTable;
import io.plumbline.engine.catalog.SemanticColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The lineage of metrics and views, read off the plans that evaluate them: whatever kind a metric
 * is, its plan shows what it is made of. Each is planned once, when somebody asks.
 */
public final class PlanLineage implements Lineage {

  /** Of something that can't be planned by itself: it may come from anywhere. */
  private static final Set<Origin> UNKNOWN = Set.of(new Origin("", "", "", false));

  private final QueryPlanner planner;
  private final DatasetLineage datasets;
  private final SessionSettings settings;
  private final Map<String, Set<Origin>> known = new ConcurrentHashMap<>();

  public PlanLineage(QueryPlanner planner, DatasetLineage datasets, SessionSettings settings) {
    this.planner = planner;
    this.datasets = datasets;
    this.settings = settings;
  }

  @Override
  public Set<Origin> of(SemanticCatalogTable table, SemanticColumn column) {
    if (column instanceof SemanticColumn.Dimensional d) {
      return ofDimension(d);
    }
    if (column instanceof SemanticColumn.Metrical metric) {
      return ofMetric(metric.name());
    }
    if (column instanceof SemanticColumn.Classified classified) {
      return classified.value().inputs().stream()
          .flatMap(input -> ofMetric(input.metric()).stream())
          .collect(Collectors.toSet());
    }
    return Set.of();
  }

  private Set<Origin> ofDimension(SemanticColumn.Dimensional dimension) {
    return columnsOf(dimension).stream()
        .flatMap(column -> column.origins().stream())
        .collect(Collectors.toSet());
  }

  @Override
  public List<DatasetColumn> columnsOf(SemanticColumn.Dimensional d) {
    List<DatasetColumn> columns = new ArrayList<>();
    columns.add(datasets.column(d.reference().dataset(), d.dimension().column()));
    d.dimension().history().ifPresent(h -> columns.add(datasets.column(h.dataset(), h.column())));
    return columns;
  }

  private Set<Origin> ofMetric(String metric) {
    return known.computeIfAbsent(
        "metric " + metric, k -> attempt(() -> planner.originsOf(metric, settings)));
  }

  @Override
  public Set<Origin> ofView(String view) {
    return known.computeIfAbsent(
        "view " + view, k -> attempt(() -> planner.originsOfView(view, settings)));
  }

  private interface Planning {
    Set<Origin> origins();
  }

  private Set<Origin> attempt(Planning planning) {
    try {
      Set<Origin> origins = new HashSet<>(planning.origins());
      origins.removeAll(datasets.rates());
      return Set.copyOf(origins);
    } catch (Refusal | QueryException e) {
      return UNKNOWN;
    }
  }
}
