package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.EvaluationContext.PERIOD;

import io.plumbline.definitions.Metric;
import io.plumbline.definitions.Metric.Aggregation;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.catalog.CompiledModel;
import io.plumbline.engine.catalog.SemanticColumn;
import io.plumbline.engine.plan.PlanBuilder.Named;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Evaluates base metrics where a query groups or filters by classes of entities:
 *
 * <pre>
 *   Aggregate(dimensions and classes, period; sums)
 *     Filter(on classes)
 *       Project(classes, computed from metrics)
 *         the metrics by dimensions and entity
 * </pre>
 */
final class ClassEvaluation {

  private static final String UNKNOWN = "unknown ";

  private final PlanBuilder plan;
  private final CompiledModel model;
  private final EntityRows entities;
  private final EvaluationContext context;
  private final EvaluationContext plain;
  private final List<Integer> fields;

  ClassEvaluation(
      PlanBuilder plan, CompiledModel model, EntityRows entities, EvaluationContext context) {
    this.plan = plan;
    this.model = model;
    this.entities = entities;
    this.context = context;
    this.fields = fieldsBesideClasses();
    List<RexNode> dimensions =
        new ArrayList<>(
            context.dimensions().stream().filter(d -> !context.base().readsClass(d)).toList());
    fields.forEach(i -> dimensions.add(inputRef(i)));
    this.plain = context.withoutClassFilters().withDimensions(dimensions);
  }

  /** Columns that are read together with classes in one expression. */
  private List<Integer> fieldsBesideClasses() {
    return classExpressions()
        .flatMap(e -> Correlations.fields(e).toList().stream())
        .filter(i -> classified(i).isEmpty())
        .distinct()
        .toList();
  }

  private Stream<RexNode> classExpressions() {
    return Stream.concat(context.dimensions().stream(), context.filters().stream())
        .filter(context.base()::readsClass);
  }

  private RexNode inputRef(int field) {
    return plan.rexBuilder().makeInputRef(context.base().column(field).orElseThrow().type(), field);
  }

  /** The class behind a field of the base row, if it is one. */
  private Optional<SemanticColumn.Classified> classified(int field) {
    return context
        .base()
        .column(field)
        .filter(SemanticColumn.Classified.class::isInstance)
        .map(SemanticColumn.Classified.class::cast);
  }

  /** The classes that some expressions read. */
  private Stream<SemanticColumn.Classified> classes(Stream<RexNode> expressions) {
    return expressions
        .flatMap(e -> Correlations.fields(e).toList().stream())
        .distinct()
        .flatMap(i -> classified(i).stream());
  }

  /** Rows (dimensions, period, a field for each metric under its name). */
  RelNode evaluate(Set<String> metrics) {
    boolean byEntity = MetricEvaluation.groupsByEntity(context);
    if (!byEntity) {
      metrics.forEach(this::refuseUnlessAdditive);
    }
    Set<MetricInContext> asked = new LinkedHashSet<>();
    metrics.forEach(metric -> asked.add(new MetricInContext(metric, List.of())));
    classes(classExpressions()).forEach(c -> asked.addAll(EntityRows.inputs(c.value())));
    entities.pushPresent(asked, plain);
    pushClasses(metrics);
    List<String> key = new ArrayList<>(context.dimensionFields());
    key.add(PERIOD);
    List<String> values = List.copyOf(metrics);
    if (byEntity) {
      plan.onlyValues(key, values);
    } else {
      sum(key, values);
    }
    return plan.build();
  }

  /** An amount that is not known for one of the entities is not known for their class. */
  private void sum(List<String> key, List<String> values) {
    List<Named> unknown =
        values.stream()
            .map(
                name ->
                    new Named(
                        UNKNOWN + name,
                        plan.one(plan.call(SqlStdOperatorTable.IS_NULL, plan.field(name)))))
            .toList();
    List<String> kept = new ArrayList<>(key);
    kept.addAll(values);
    plan.project(kept, unknown);
    plan.sums(kept.subList(0, key.size()), concat(values, unknown));
    plan.project(key, values.stream().map(this::knownSum).toList());
  }

  private static List<String> concat(List<String> values, List<Named> more) {
    return Stream.concat(values.stream(), more.stream().map(Named::name)).toList();
  }

  private Named knownSum(String name) {
    RexNode sum = plan.field(name);
    RexNode unknown = plan.isPositive(plan.field(UNKNOWN + name));
    return new Named(name, plan.choose(unknown, plan.nullOf(sum.getType()), sum));
  }

  /** Entities that are in no class have no row by classes. */
  private void pushClasses(Set<String> metrics) {
    classes(context.dimensions().stream())
        .map(c -> EntityRows.overRows(plan, c.value()))
        .forEach(c -> plan.filter(plan.call(SqlStdOperatorTable.IS_NOT_NULL, c)));
    for (RexNode filter : context.filters()) {
      if (context.base().readsClass(filter)) {
        plan.filter(overRows(filter));
      }
    }
    List<Named> named = new ArrayList<>();
    int position = 0;
    for (int i = 0; i < context.dimensions().size(); i++) {
      RexNode dimension = context.dimensions().get(i);
      RexNode value =
          context.base().readsClass(dimension)
              ? overRows(dimension)
              : plan.field(plain.dimensionFields().get(position++));
      named.add(new Named(context.dimensionFields().get(i), value));
    }
    named.add(new Named(PERIOD, plan.field(PERIOD)));
    metrics.forEach(metric -> named.add(new Named(metric, plan.field(metric))));
    plan.project(List.of(), named);
  }

  /** An expression over the base row, over rows that have the metrics of an entity. */
  private RexNode overRows(RexNode expression) {
    int first = plain.dimensions().size() - fields.size();
    return expression.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            Optional<SemanticColumn.Classified> column = classified(ref.getIndex());
            return column.isPresent()
                ? EntityRows.overRows(plan, column.get().value())
                : plan.field(plain.dimensionFields().get(first + fields.indexOf(ref.getIndex())));
          }
        });
  }

  // ---- what adds up over entities ----

  private void refuseUnlessAdditive(String name) {
    if (name.equals(BaseMetrics.PRESENCE)) {
      return;
    }
    Metric metric = model.definition().metric(name).orElseThrow();
    if (!addsUp(metric)) {
      throw new Refusal(
          SqlState.FEATURE_NOT_SUPPORTED,
          name
              + " does not add up over entities, so it has no value for a class of them. Group by the"
              + " key of the entity as well, or ask for it without the class",
          name);
    }
  }

  private static boolean addsUp(Metric metric) {
    if (metric instanceof Metric.Snapshot snapshot) {
      return switch (snapshot.measure()) {
        case AMOUNT -> !snapshot.ownCurrency();
        case ENTITIES, ROWS -> true;
        case MIN, MAX -> false;
      };
    }
    if (metric instanceof Metric.Movement movement) {
      return movement.entities() || !movement.state().ownCurrency();
    }
    if (metric instanceof Metric.Retention retention) {
      return retention.keep() == Metric.Retention.Kept.OPENING;
    }
    if (metric instanceof Metric.Bands bands) {
      return bands.aggregation() == Aggregation.COUNT || bands.aggregation() == Aggregation.SUM;
    }
    return metric instanceof Metric.Funnel
        || metric instanceof Metric.Simple simple
            && (simple.aggregation() == Aggregation.COUNT
                || simple.aggregation() == Aggregation.SUM);
  }
}
