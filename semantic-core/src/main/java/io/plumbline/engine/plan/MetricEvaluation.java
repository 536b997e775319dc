package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.EvaluationContext.PERIOD;

import io.plumbline.definitions.Metric;
import io.plumbline.engine.catalog.CompiledDataset;
import io.plumbline.engine.catalog.CompiledModel;
import io.plumbline.engine.catalog.CompiledModel.DerivedExpression;
import io.plumbline.engine.catalog.CompiledModel.DerivedInput;
import io.plumbline.engine.plan.PlanBuilder.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/**
 * Evaluates metrics for the cells of a query: every period and combination of dimensions. Base
 * metrics are evaluated apart, each in the context that the query or another metric asks for, and
 * put side by side by {@link CellRows}; ratios and derived metrics are computed on top.
 */
final class MetricEvaluation {

  private final PlanBuilder plan;
  private final CompiledModel model;
  private final Members members;
  private final BaseMetrics base;
  private final StateParts states;
  private final DimensionedRows rows;
  private final DatasetRows datasets;

  MetricEvaluation(PlanBuilder plan, CompiledModel model, DatasetRows datasets) {
    this.plan = plan;
    this.model = model;
    this.datasets = datasets;
    this.rows = new DimensionedRows(plan, datasets, model);
    this.members = new Members(plan, rows, model);
    CurrencyRates rates = new CurrencyRates(plan, datasets, model);
    this.states = new StateParts(plan, model, rows, datasets, rates, members);
    this.base =
        new BaseMetrics(plan, model, rows, rates, states, members, new EntityRows(plan, this));
  }

  /**
   * The rows of an evaluation: the context's dimensions, the period, a field for each metric. There
   * is a row for every period and combination of dimensions that occurs in the data; when the key
   * of the entity is among the dimensions, only those with something in them.
   *
   * @param asked by the name of the field that it becomes
   */
  RelNode evaluate(
      Map<String, MetricInContext> asked, EvaluationContext context, CompiledDataset entities) {
    return entityFirst(asked, context, first -> evaluateCells(asked, first, entities));
  }

  private RelNode entityFirst(
      Map<String, MetricInContext> asked,
      EvaluationContext context,
      Function<EvaluationContext, RelNode> evaluate) {
    return EntityFirst.of(plan, rows, datasets, model, context, byChanges(asked).keySet())
        .map(way -> way.withAll(evaluate.apply(way.first())))
        .orElseGet(() -> evaluate.apply(context));
  }

  private RelNode evaluateCells(
      Map<String, MetricInContext> asked, EvaluationContext context, CompiledDataset entities) {
    Map<List<ContextChange>, Set<String>> byChanges = byChanges(asked);
    boolean perEntity = groupsByEntity(context);
    if ((perEntity || context.groupsByClass()) && base.hasPresence(context)) {
      byChanges.forEach(MetricEvaluation::addPresence);
    }
    CellRows.Shown shown =
        perEntity || context.groupsByClass() ? CellRows.Shown.PRESENT : CellRows.Shown.ALL;
    return valuesOf(
        asked,
        byChanges,
        new CellRows(
            plan,
            base,
            context,
            () -> emptyCells(context, entities, byChanges.get(List.of())),
            shown));
  }

  /** Rows of a context that groups by entity, of those that a query would show. */
  RelNode evaluatePresent(Map<String, MetricInContext> asked, EvaluationContext context) {
    CompiledDataset entities =
        model.dataset(context.base().table().entityKey().orElseThrow().reference().dataset());
    return evaluate(asked, context, entities);
  }

  /** The same by entity: rows of those for which one of the metrics is something. */
  RelNode evaluateEntities(Map<String, MetricInContext> asked, EvaluationContext context) {
    Runnable noCells =
        () -> {
          throw new IllegalStateException("entities have no empty cells");
        };
    return entityFirst(
        asked,
        context,
        first ->
            valuesOf(
                asked,
                byChanges(asked),
                new CellRows(plan, base, first, noCells, CellRows.Shown.WITH_VALUES)));
  }

  private Map<List<ContextChange>, Set<String>> byChanges(Map<String, MetricInContext> asked) {
    Map<List<ContextChange>, Set<String>> byChanges = new LinkedHashMap<>();
    byChanges.put(List.of(), new LinkedHashSet<>());
    asked.values().forEach(metric -> collectBase(metric, byChanges));
    return byChanges;
  }

  private RelNode valuesOf(
      Map<String, MetricInContext> asked,
      Map<List<ContextChange>, Set<String>> byChanges,
      CellRows cells) {
    EvaluationContext context = cells.context();
    byChanges.forEach(cells::add);
    cells.push();
    List<String> key = new ArrayList<>(context.dimensionFields());
    key.add(PERIOD);
    Map<MetricInContext, RexNode> known = new LinkedHashMap<>();
    List<Named> values = new ArrayList<>();
    asked.forEach((field, m) -> values.add(new Named(field, valueOf(m, cells, known))));
    plan.project(key, values);
    return plan.build();
  }

  /** Pushes the cohorts of a state in the months of a context; see {@link CohortEvaluation}. */
  void pushCohorts(Metric.Cohort metric, EvaluationContext context) {
    new CohortEvaluation(plan, model, states, metric, context).push();
  }

  /** The combinations of the context's dimensions that occur in the data. */
  RelNode members(EvaluationContext context, CompiledDataset entities) {
    members.push(entities, context);
    return plan.build();
  }

  /** Pushes (dimensions, period): every period and combination of dimensions. */
  private void emptyCells(EvaluationContext cells, CompiledDataset entities, Set<String> metrics) {
    EvaluationContext context = cells.withoutClassFilters();
    new PeriodRows(plan, context).pushNumbers();
    if (!context.dimensions().isEmpty()) {
      List<CompiledDataset> own =
          metrics.stream().flatMap(name -> base.events(name).stream()).distinct().toList();
      if (own.size() == 1) {
        members.pushWithOwn(own.get(0), context);
      } else {
        members.push(entities, context);
      }
      plan.cross();
    }
  }

  static boolean groupsByEntity(EvaluationContext context) {
    Optional<Integer> keyField =
        context
            .base()
            .table()
            .entityKey()
            .map(key -> context.base().table().columns().indexOf(key));
    return keyField.isPresent()
        && context.dimensions().stream()
            .anyMatch(d -> RelOptUtil.InputFinder.bits(d).get(keyField.get()));
  }

  /** Entities come up by being present, in the cell's context or in another time. */
  private static void addPresence(List<ContextChange> changes, Set<String> metrics) {
    if (changes.isEmpty() || !changes.stream().allMatch(ContextChange::narrows)) {
      metrics.add(BaseMetrics.PRESENCE);
    }
  }

  // ---- what to evaluate ----

  private Metric metric(String name) {
    return model.definition().metric(name).orElseThrow();
  }

  /** Ratios and derived metrics are computed from others at the end. */
  private void collectBase(MetricInContext asked, Map<List<ContextChange>, Set<String>> byChanges) {
    List<MetricInContext> inputs = inputs(asked);
    if (inputs.isEmpty() && !isDuration(asked)) {
      byChanges.computeIfAbsent(asked.changes(), c -> new LinkedHashSet<>()).add(asked.metric());
    }
    inputs.forEach(input -> collectBase(input, byChanges));
  }

  /** What a metric is computed from; nothing for those that are evaluated themselves. */
  private List<MetricInContext> inputs(MetricInContext asked) {
    if (BaseMetrics.countsEntities(asked.metric())) {
      return List.of();
    }
    Metric metric = metric(asked.metric());
    if (metric instanceof Metric.Ratio ratio) {
      return List.of(asked.sibling(ratio.numerator()), denominator(asked, ratio));
    }
    if (metric instanceof Metric.Reconciliation check) {
      return List.of(asked.sibling(check.of()), asked.sibling(check.against()));
    }
    if (metric instanceof Metric.Derived) {
      return derived(asked.metric()).inputs().stream().map(input -> input(asked, input)).toList();
    }
    return List.of();
  }

  private static MetricInContext denominator(MetricInContext asked, Metric.Ratio ratio) {
    return ratio.ignoring().isEmpty()
        ? asked.sibling(ratio.denominator())
        : asked.sibling(ratio.denominator(), new ContextChange.Ignoring(ratio.ignoring()));
  }

  private static MetricInContext input(MetricInContext asked, DerivedInput input) {
    return input
        .at()
        .map(shift -> asked.sibling(input.metric(), new ContextChange.Earlier(shift)))
        .orElseGet(() -> asked.sibling(input.metric()));
  }

  private DerivedExpression derived(String name) {
    return Objects.requireNonNull(model.derived().get(name));
  }

  /** The length of the period is known without data. */
  private boolean isDuration(MetricInContext asked) {
    return !BaseMetrics.countsEntities(asked.metric())
        && metric(asked.metric()) instanceof Metric.Duration;
  }

  // ---- values ----

  private RexNode valueOf(
      MetricInContext asked, CellRows cells, Map<MetricInContext, RexNode> known) {
    RexNode value = known.get(asked);
    if (value == null) {
      List<RexNode> inputs =
          inputs(asked).stream().map(input -> valueOf(input, cells, known)).toList();
      value = compute(asked, inputs, cells);
      known.put(asked, value);
    }
    return value;
  }

  private RexNode compute(MetricInContext asked, List<RexNode> inputs, CellRows cells) {
    if (isDuration(asked)) {
      return cells.months();
    }
    if (inputs.isEmpty()) {
      return cells.isByClass(asked.changes())
          ? base.classValue(asked.metric(), field -> cells.field(field, asked.changes()))
          : base.value(
              asked.metric(), cells.context(), field -> cells.field(field, asked.changes()));
    }
    if (metric(asked.metric()) instanceof Metric.Reconciliation check) {
      return new Reconciliation(plan, check).value(inputs.get(0), inputs.get(1));
    }
    if (metric(asked.metric()) instanceof Metric.Ratio) {
      return plan.ratio(inputs.get(0), inputs.get(1));
    }
    return derived(asked.metric())
        .expression()
        .accept(
            new RexShuttle() {
              @Override
              public RexNode visitInputRef(RexInputRef ref) {
                return inputs.get(ref.getIndex());
              }
            });
  }
}
