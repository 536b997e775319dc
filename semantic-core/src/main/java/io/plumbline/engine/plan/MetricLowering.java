package io.plumbline.engine.plan;

import io.plumbline.engine.SessionSettings;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.catalog.CompiledDataset;
import io.plumbline.engine.catalog.CompiledModel;
import io.plumbline.engine.catalog.SemanticCatalogTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/**
 * Replaces what a query says of semantic tables by what it means over datasets. A metric travels
 * unevaluated up to the first Aggregate above it; at the top of a query the selected dimensions are
 * its grain.
 */
final class MetricLowering {

  private final PlanBuilder plan;
  private final MetricEvaluation evaluation;
  private final SemanticRelationReader reader;
  private final SemanticJoin joins;
  private final SessionSettings settings;
  private final BiFunction<SemanticCatalogTable, Set<String>, FirstChange> firstChange;
  private final CompiledModel model;
  private final Optional<SmallGroups> smallGroups;
  private final Optional<Benchmarks> benchmarks;
  private final Supplier<List<String>> views;
  private String refusalWithoutLimit = "";

  /**
   * @param firstChange for the metrics of a table
   * @param smallGroups what is not shown of small groups, for whom there are such
   * @param benchmarks what may be asked of everyone, by whom there is such
   * @param views that whoever asks may name
   */
  MetricLowering(
      PlanBuilder plan,
      CompiledModel model,
      DatasetRows datasets,
      SessionSettings settings,
      BiFunction<SemanticCatalogTable, Set<String>, FirstChange> firstChange,
      Optional<SmallGroups> smallGroups,
      Optional<Benchmarks> benchmarks,
      Supplier<List<String>> views) {
    this.plan = plan;
    this.model = model;
    this.evaluation = new MetricEvaluation(plan, model, datasets);
    this.reader = new SemanticRelationReader(plan.rexBuilder(), plan.types(), settings);
    this.joins = new SemanticJoin(plan.types());
    this.settings = settings;
    this.firstChange = firstChange;
    this.smallGroups = smallGroups;
    this.benchmarks = benchmarks;
    this.views = views;
  }

  /** A plan without semantic tables, with the row type of the query. */
  RelNode lower(RelNode query) {
    Lowered lowered = visit(query);
    return lowered.done().orElseGet(() -> atTop(lowered.semantic().orElseThrow(), query));
  }

  /** What was asked of everyone, if anything was. */
  Optional<Benchmarks> benchmarkUsed() {
    return benchmarks.filter(Benchmarks::isUsed);
  }

  /** Why the plan, a preview, is refused to a client that does not limit its rows; else empty. */
  String refusalWithoutLimit() {
    return refusalWithoutLimit;
  }

  /** Either a relation whose metrics are not evaluated yet, or one without any. */
  private record Lowered(Optional<SemanticRelation> semantic, Optional<RelNode> done) {
    static Lowered of(SemanticRelation relation) {
      return new Lowered(Optional.of(relation), Optional.empty());
    }

    static Lowered of(RelNode relation) {
      return new Lowered(Optional.empty(), Optional.of(relation));
    }
  }

  private Lowered visit(RelNode original) {
    RelNode node = original.accept(subQueries());
    if (node instanceof TableScan scan) {
      SemanticCatalogTable table = scan.getTable().unwrap(SemanticCatalogTable.class);
      return table == null ? Lowered.of(node) : Lowered.of(reader.scan(table));
    }
    List<Lowered> inputs = node.getInputs().stream().map(this::visit).toList();
    if (inputs.stream().allMatch(input -> input.done().isPresent())) {
      return Lowered.of(withInputs(node, inputs.stream().map(i -> i.done().get()).toList()));
    }
    if (node instanceof Join join) {
      return join(join, inputs.get(0), inputs.get(1));
    }
    if (inputs.size() == 1) {
      return overSemantic(node, inputs.get(0).semantic().orElseThrow());
    }
    return Lowered.of(evaluatedInputs(node, inputs));
  }

  private Lowered overSemantic(RelNode node, SemanticRelation input) {
    if (node instanceof Project project) {
      return Lowered.of(reader.project(project, input));
    }
    if (node instanceof Filter filter) {
      return Lowered.of(reader.filter(filter, input));
    }
    if (node instanceof Sort sort) {
      return Lowered.of(reader.sort(sort, input));
    }
    if (node instanceof Aggregate aggregate) {
      return Lowered.of(lower(aggregate, input));
    }
    return Lowered.of(evaluatedInputs(node, List.of(Lowered.of(input))));
  }

  private static RelNode withInputs(RelNode node, List<RelNode> inputs) {
    return inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
  }

  private RexShuttle subQueries() {
    return new RexShuttle() {
      @Override
      public RexNode visitSubQuery(RexSubQuery subQuery) {
        RexSubQuery operands = (RexSubQuery) super.visitSubQuery(subQuery);
        return operands.clone(lower(operands.rel));
      }
    };
  }

  // ---- aggregates ----

  private RelNode lower(Aggregate aggregate, SemanticRelation input) {
    if (!CohortLowering.isOfCohorts(input)) {
      return lowering(aggregate, input).lower();
    }
    if (smallGroups.isPresent()) {
      throw smallGroups.get().refuseCohorts();
    }
    return new CohortLowering(
            plan,
            evaluation,
            settings,
            firstChange.apply(input.base().table(), metrics(aggregate, input)),
            aggregate,
            input)
        .lower();
  }

  private AggregateLowering lowering(Aggregate aggregate, SemanticRelation input) {
    Set<String> metrics = metrics(aggregate, input);
    return new AggregateLowering(
        plan,
        evaluation,
        settings,
        firstChange.apply(input.base().table(), metrics),
        new ComparedEdges(model).firstOf(metrics),
        entities(input),
        smallGroups,
        benchmarks,
        aggregate,
        input);
  }

  private Set<String> metrics(Aggregate aggregate, SemanticRelation input) {
    Set<String> metrics = new LinkedHashSet<>();
    new MetricCalls(input, plan.rexBuilder(), settings)
        .read(aggregate)
        .forEach(
            call -> {
              if (call instanceof MetricCall.OfMetric metric) {
                metrics.add(metric.metric().name());
              }
            });
    return metrics;
  }

  /**
   * The dataset that holds the entities of a table: that of its entity key, else of any dimension.
   * A table without dimensions has one group, whose members are never looked up.
   */
  private CompiledDataset entities(SemanticRelation input) {
    SemanticCatalogTable table = input.base().table();
    return table
        .entityKey()
        .map(key -> model.dataset(key.reference().dataset()))
        .or(
            () ->
                table.definition().dimensions().stream()
                    .findFirst()
                    .map(d -> model.dataset(d.dataset())))
        .orElseGet(() -> model.datasets().values().iterator().next());
  }

  // ---- joins ----

  private Lowered join(Join join, Lowered left, Lowered right) {
    if (left.semantic().isPresent() && right.semantic().isPresent()) {
      throw new Refusal(
          SqlState.GROUPING_ERROR,
          "two semantic tables are joined before their metrics are evaluated. Group each of them in"
              + " a subquery and join the results, or use metrics.company, which has all metrics");
    }
    boolean semanticIsLeft = left.semantic().isPresent();
    SemanticRelation semantic = (semanticIsLeft ? left : right).semantic().orElseThrow();
    RelNode other = (semanticIsLeft ? right : left).done().orElseThrow();
    return Lowered.of(joins.join(join, semantic, other, semanticIsLeft));
  }

  // ---- where nothing aggregates ----

  /** Set operations and the like need rows: those of the selected dimensions, but never metrics. */
  private RelNode evaluatedInputs(RelNode node, List<Lowered> inputs) {
    List<RelNode> done = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Optional<SemanticRelation> semantic = inputs.get(i).semantic();
      if (semantic.isPresent() && semantic.get().hasMetrics()) {
        String what =
            node instanceof SetOp
                ? node.getRelTypeName().replace("Logical", "").toUpperCase(Locale.ROOT)
                : "this operation";
        throw new Refusal(
            SqlState.GROUPING_ERROR,
            what
                + " over metrics that are not evaluated yet. Use aggregate(...) with GROUP BY in"
                + " each part");
      }
      RelNode input = node.getInput(i);
      done.add(inputs.get(i).done().orElseGet(() -> atTop(semantic.orElseThrow(), input)));
    }
    return withInputs(node, done);
  }

  /** The rows of a relation that nothing aggregates: the selected dimensions are its grain. */
  private RelNode atTop(SemanticRelation relation, RelNode original) {
    return new TopLevel(
            plan, this::lowering, this::lower, refusal -> refusalWithoutLimit = refusal, views)
        .evaluate(relation, original);
  }

  // ---- HAVING count(*) > 0 ----

  /**
   * {@code HAVING COUNT(1) > 0} is what tools write to drop empty groups. The rows of metrics are
   * dense on purpose, so that it must keep every row that is shown.
   */
  RelNode keepShownRows(RelNode query) {
    return query.accept(
        new PlanRewriter() {
          @Override
          public RelNode visit(RelNode other) {
            RelNode visited = super.visit(other);
            return visited instanceof Filter filter
                    && filter.getInput() instanceof Aggregate aggregate
                ? withoutPresence(filter, aggregate)
                : visited;
          }
        });
  }

  private RelNode withoutPresence(Filter filter, Aggregate aggregate) {
    Optional<SemanticRelation> input = semanticInput(aggregate.getInput());
    if (input.isEmpty()) {
      return filter;
    }
    List<RexNode> kept =
        RelOptUtil.conjunctions(filter.getCondition()).stream()
            .filter(c -> !asksForPresence(c, aggregate, input.get()))
            .toList();
    return kept.isEmpty()
        ? aggregate
        : filter.copy(
            filter.getTraitSet(), aggregate, RexUtil.composeConjunction(plan.rexBuilder(), kept));
  }

  private Optional<SemanticRelation> semanticInput(RelNode node) {
    return containsSemanticScan(node) ? visit(node).semantic() : Optional.empty();
  }

  private static boolean containsSemanticScan(RelNode node) {
    if (node instanceof TableScan scan) {
      return scan.getTable().unwrap(SemanticCatalogTable.class) != null;
    }
    return !(node instanceof Aggregate)
        && node.getInputs().stream().anyMatch(MetricLowering::containsSemanticScan);
  }

  private boolean asksForPresence(RexNode condition, Aggregate aggregate, SemanticRelation input) {
    return condition instanceof RexCall call
        && (call.getKind() == SqlKind.GREATER_THAN && isNumber(call, 0)
            || call.getKind() == SqlKind.GREATER_THAN_OR_EQUAL && isNumber(call, 1)
            || call.getKind() == SqlKind.NOT_EQUALS && isNumber(call, 0))
        && call.getOperands().get(0) instanceof RexInputRef ref
        && AggregateLowering.countsEntities(aggregate, input, plan, settings, ref.getIndex());
  }

  private static boolean isNumber(RexCall comparison, int number) {
    return comparison.getOperands().get(1) instanceof RexLiteral literal
        && literal.getValue() instanceof BigDecimal value
        && value.compareTo(BigDecimal.valueOf(number)) == 0;
  }
}
