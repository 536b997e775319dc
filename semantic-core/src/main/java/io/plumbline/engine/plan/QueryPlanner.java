package io.plumbline.engine.plan;

import io.plumbline.definitions.SemanticTable;
import io.plumbline.engine.Benchmark;
import io.plumbline.engine.Governor;
import io.plumbline.engine.Parameter;
import io.plumbline.engine.Principal;
import io.plumbline.engine.QueryException;
import io.plumbline.engine.QueryFacts;
import io.plumbline.engine.SessionSettings;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.catalog.CompiledModel;
import io.plumbline.engine.catalog.Origin;
import io.plumbline.engine.catalog.VisibleCatalog;
import io.plumbline.engine.sql.Conversion;
import io.plumbline.engine.sql.MetricOperators;
import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.warehouse.ColumnTypes;
import io.plumbline.engine.warehouse.Warehouse;
import io.plumbline.engine.warehouse.WarehouseCatalog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The way of a query, from a parsed text to one statement of the warehouse. Safe for several
 * threads.
 */
public final class QueryPlanner {

  /** Definitions are checked for no one. */
  private static final Principal NOBODY = new Principal("", Set.of(), Map.of());

  private final QueryCompiler compiler;
  private final Warehouse warehouse;
  private final WarehouseCatalog tables;
  private final CompiledModel model;
  private final Governor governor;
  private final DatasetLineage lineage;
  private final TagIndex tags;
  private final FirstChanges firstChanges;
  private final VisibleCatalog everything;

  public QueryPlanner(
      QueryCompiler compiler,
      Warehouse warehouse,
      WarehouseCatalog tables,
      CompiledModel model,
      Governor governor,
      DatasetLineage lineage) {
    this.compiler = compiler;
    this.warehouse = warehouse;
    this.tables = tables;
    this.model = model;
    this.governor = governor;
    this.lineage = lineage;
    this.tags = new TagIndex(governor.tags(), lineage);
    this.firstChanges = new FirstChanges(model);
    this.everything = VisibleCatalog.everything(tables, model);
  }

  /**
   * Plans a query.
   *
   * @param values of the parameters, if they are known; a plan that depends on them has no
   *     statement otherwise
   * @throws QueryException if it can't be answered
   */
  public PlannedQuery plan(
      SqlNode query,
      Principal principal,
      SessionSettings settings,
      VisibleCatalog catalog,
      Optional<List<@Nullable Object>> values) {
    SqlNode text = DatasetRows.copy(query);
    try {
      return new Work(principal, settings, values, catalog).plan(query);
    } catch (Refusal refusal) {
      throw explained(refusal, text);
    } catch (QueryException e) {
      throw UngroupedMetric.explained(e, text, model.definition());
    }
  }

  /**
   * Plans a published view as its definer, without running it.
   *
   * @throws QueryException if it can't be answered
   */
  public void checkView(String name, SessionSettings settings) {
    checkQuery(Objects.requireNonNull(model.viewQueries().get(name)), settings);
  }

  /**
   * Plans a query of the definitions as its definer, without running it.
   *
   * @throws QueryException if it can't be answered
   */
  public void checkQuery(SqlNode query, SessionSettings settings) {
    SqlNode text = DatasetRows.copy(query);
    try {
      new Work(NOBODY, settings, Optional.empty(), everything).check(DatasetRows.copy(query));
    } catch (Refusal refusal) {
      throw explained(refusal, text);
    }
  }

  /**
   * The source columns from which a metric's values come.
   *
   * @throws Refusal if no table has the metric, or it has no value for all that there is
   */
  Set<Origin> originsOf(String metric, SessionSettings settings) {
    SemanticTable table =
        model.definition().tables().stream()
            .filter(t -> t.metrics().contains(metric))
            .findFirst()
            .orElseThrow(() -> new Refusal(SqlState.UNDEFINED_COLUMN, "no table has " + metric));
    try {
      return originsOf(table, metric, List.of(TimeColumn.MONTH.columnName()), settings);
    } catch (Refusal notByMonth) {
      return originsOf(table, metric, List.of(), settings);
    }
  }

  private Set<Origin> originsOf(
      SemanticTable table, String metric, List<String> keys, SessionSettings settings) {
    Work work = new Work(NOBODY, settings, Optional.empty(), everything);
    RelBuilder builder = work.definer.builder();
    builder.scan(VisibleCatalog.METRICS, table.name());
    List<String> columns = builder.peek().getRowType().getFieldNames();
    // A table of cohorts has no months of its own.
    List<String> present = keys.stream().filter(columns::contains).toList();
    builder.aggregate(
        builder.groupKey(builder.fields(present)),
        builder.aggregateCall(MetricOperators.AGGREGATE, builder.field(metric)).as(metric));
    return work.origins(builder.build());
  }

  /** The source columns from which a published view's values come. */
  Set<Origin> originsOfView(String name, SessionSettings settings) {
    Work work = new Work(NOBODY, settings, Optional.empty(), everything);
    SqlNode query = DatasetRows.copy(Objects.requireNonNull(model.viewQueries().get(name)));
    return work.origins(work.expandViews(work.defined(query)));
  }

  private static QueryException explained(Refusal refusal, SqlNode text) {
    return new QueryException(
        refusal.state(),
        Culprit.find(text, refusal.names()),
        String.valueOf(refusal.getMessage()),
        refusal);
  }

  /** The planning of one query for one principal. */
  private final class Work {
    private final Principal principal;
    private final SessionSettings settings;
    private final Optional<List<@Nullable Object>> values;
    private final VisibleCatalog catalog;
    private final QueryCompiler.Compilation definer;
    private final PlanBuilder plan;
    private final Governing governing;
    private final DatasetRows datasets;
    private final MetricLowering metrics;
    private final Optional<Integer> leastGroup;
    private final Optional<Benchmark> benchmark;

    Work(
        Principal principal,
        SessionSettings settings,
        Optional<List<@Nullable Object>> values,
        VisibleCatalog catalog) {
      this.catalog = catalog;
      this.settings = settings;
      this.values = values;
      this.definer = compiler.compilation(everything.root(), VisibleCatalog.PATH);
      this.plan = new PlanBuilder(definer.builder());
      this.principal = principal;
      this.governing = new Governing(governor, principal, settings.rightsOn(), definer, lineage);
      this.datasets = new DatasetRows(plan, definer, settings, governing);
      this.leastGroup = governor.minGroupSize(principal);
      this.benchmark = governor.benchmark(principal);
      this.metrics =
          new MetricLowering(
              plan,
              model,
              datasets,
              settings,
              (table, names) ->
                  () -> firstChanges.of(table, names, principal, settings, this::reader),
              leastGroup.map(least -> new SmallGroups(plan, least)),
              benchmark.map(this::benchmarks),
              catalog::views);
    }

    private Benchmarks benchmarks(Benchmark granted) {
      DatasetRows everyones = new DatasetRows(plan, definer, settings, governing.ofBenchmark());
      return new Benchmarks(plan, new MetricEvaluation(plan, model, everyones), granted);
    }

    /** Plans a query over everything that there is, as if the data began a year ago. */
    void check(SqlNode query) {
      RelNode logical = expandViews(defined(query));
      warehouse.render(rewrite(withoutData(logical)));
    }

    private RelNode withoutData(RelNode logical) {
      MetricLowering lowering =
          new MetricLowering(
              plan,
              model,
              datasets,
              settings,
              (table, names) -> () -> Optional.of(settings.asOf().minusYears(1)),
              Optional.empty(),
              Optional.empty(),
              catalog::views);
      return lowering.lower(lowering.keepShownRows(logical));
    }

    /** Where the values of a query over everything come from. */
    Set<Origin> origins(RelNode logical) {
      Set<Origin> origins = new HashSet<>();
      Origins.of(withoutData(logical)).forEach(origins::addAll);
      return origins;
    }

    PlannedQuery plan(SqlNode query) {
      Conversion asked = convert(query, catalog);
      RelNode visible = bindValues(asked.root()).accept(new WholeTables(tables, definer));
      LiveScans live = new LiveScans(definer.cluster(), parametersOf(asked));
      RelNode described = visible.accept(new CatalogExpansion(definer));
      RelNode logical = expandViews(described.accept(live));
      leastGroup.ifPresent(least -> refuseRows(expandViews(visible), least));
      RelNode lowered;
      try {
        lowered = metrics.lower(metrics.keepShownRows(logical));
      } catch (ParameterNeededException e) {
        return planned(asked, visible, live, Optional.empty());
      }
      RelNode governed = governor.simplified(governing.govern(lowered));
      RelNode physical = rewrite(governed);
      governing.check(physical);
      return planned(asked, visible, live, Optional.of(physical));
    }

    /** Rows of the warehouse are no groups; a published view may read some. */
    private void refuseRows(RelNode relation, int least) {
      if (ScannedTables.readsWarehouse(relation)) {
        throw new Refusal(
            SqlState.INSUFFICIENT_PRIVILEGE,
            "your role sees metrics of at least "
                + least
                + " entities, and this reads rows. Use the tables of the schema metrics");
      }
    }

    /** How many parameters the statement of the warehouse takes from the user. */
    private int parametersOf(Conversion asked) {
      return values.isPresent() ? 0 : asked.parameterRowType().getFieldCount();
    }

    /** What is wrong with a query is said with a view to all names that there are. */
    private Conversion convert(SqlNode query, VisibleCatalog catalog) {
      CalciteSchema mentioned = catalog.rootFor(query);
      SqlNode text = DatasetRows.copy(query);
      try {
        return definer.over(mentioned, VisibleCatalog.PATH).convert(query);
      } catch (QueryException e) {
        if (mentioned == catalog.root()) {
          throw e;
        }
        return definer.over(catalog.root(), VisibleCatalog.PATH).convert(text);
      }
    }

    /** A query of a definition. */
    private RelNode defined(SqlNode query) {
      return convert(query, everything).root().project();
    }

    /** A root that has more columns than the query asked for is ordered by the last ones. */
    private RelNode bindValues(RelRoot root) {
      RelNode relation = isPrefix(root.fields.leftList()) ? root.rel : root.project();
      return values
          .<RelNode>map(v -> relation.accept(new ParameterValues(v, plan.rexBuilder())))
          .orElse(relation);
    }

    private boolean isPrefix(List<Integer> fields) {
      return IntStream.range(0, fields.size()).allMatch(i -> fields.get(i) == i);
    }

    private RelNode expandViews(RelNode relation) {
      return relation.accept(new ViewExpansion(model, this::defined));
    }

    private RelNode rewrite(RelNode governed) {
      return governed.accept(new SessionConstants(principal, settings, plan.rexBuilder()));
    }

    private PlannedQuery planned(
        Conversion asked, RelNode logical, LiveScans live, Optional<RelNode> physical) {
      return new PlannedQuery(
          ColumnTypes.columns(asked.rowType()),
          parameters(asked.parameterRowType()),
          physical.map(warehouse::render),
          metrics.refusalWithoutLimit(),
          facts(logical, physical),
          live.tables(),
          Optional.of(logical));
    }

    private QueryFacts facts(RelNode asked, Optional<RelNode> physical) {
      Set<String> touched = new LinkedHashSet<>(ScannedTables.of(asked));
      touched.addAll(governing.tables());
      return new QueryFacts(
          List.copyOf(touched),
          physical.map(plan -> tags.readBy(plan, governing.tables())).orElse(List.of()),
          applied(),
          List.of());
    }

    private List<String> applied() {
      List<String> applied = new ArrayList<>(governing.applied());
      leastGroup.map(SmallGroups::named).ifPresent(applied::add);
      metrics.benchmarkUsed().map(Benchmarks::named).ifPresent(applied::add);
      return applied;
    }

    private List<Parameter> parameters(RelDataType rowType) {
      return rowType.getFieldList().stream()
          .map(field -> new Parameter(ColumnTypes.travelType(field.getType())))
          .toList();
    }

    /** Reads from the warehouse while planning, as this principal. */
    private FirstChanges.Reader reader() {
      PlanBuilder own = new PlanBuilder(definer.builder());
      return new FirstChanges.Reader(
          own,
          new DatasetRows(own, definer, settings, governing),
          relation -> {
            RelNode governed = governing.govern(relation);
            governing.check(governed);
            return warehouse.rows(governed);
          });
    }
  }
}
