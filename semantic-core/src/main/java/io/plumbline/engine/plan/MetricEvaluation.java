package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.EvaluationContext.PERIOD;

import io.plumbline.definitions.Metric;
import io.plumbline.definitions.Unit;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.catalog.CompiledDataset;
import io.plumbline.engine.catalog.CompiledModel;
import io.plumbline.engine.catalog.CompiledModel.DerivedExpression;
import io.plumbline.engine.plan.PlanBuilder.Named;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Evaluates metrics in one context. Metrics of several datasets are evaluated apart, at the same
 * periods and dimensions, and then put side by side: no join, so no fan-out, and null groups meet.
 */
final class MetricEvaluation {

  /** The metric-like number of entities with something in a cell: what {@code count(*)} means. */
  static final String PRESENCE = "entities present";

  private final PlanBuilder plan;
  private final CompiledModel model;
  private final DimensionedRows rows;
  private final CurrencyRates rates;
  private final Members members;

  MetricEvaluation(PlanBuilder plan, CompiledModel model, DatasetRows datasets) {
    this.plan = plan;
    this.model = model;
    this.rows = new DimensionedRows(plan, datasets, model);
    this.rates = new CurrencyRates(plan, datasets, model);
    this.members = new Members(plan, rows, model);
  }

  /**
   * The rows of an evaluation: the context's dimensions, the period, a field for each metric under
   * its name. There is a row for every period and combination of dimensions that occurs in the
   * data; when the key of the entity is among the dimensions, only those with something in them.
   *
   * @param metrics names of metrics, or {@link #PRESENCE}
   */
  RelNode evaluate(Set<String> metrics, EvaluationContext context, CompiledDataset entities) {
    boolean perEntity = groupsByEntity(context);
    Set<String> base = new LinkedHashSet<>();
    metrics.forEach(metric -> collectBase(metric, base));
    if (perEntity) {
      base.add(PRESENCE);
    }
    List<Part> parts = parts(base, context);
    List<String> key = new ArrayList<>(context.dimensionFields());
    key.add(PERIOD);
    List<String> fields = parts.stream().flatMap(part -> part.fields().stream()).toList();
    boolean dense = parts.stream().anyMatch(Part::dense);
    List<RelNode> padded = new ArrayList<>();
    if (!dense && !perEntity) {
      padded.add(emptyCells(key, fields, parts, context, entities));
    }
    parts.forEach(part -> padded.add(padded(part, key, fields, parts)));
    plan.unionAll(padded);
    if (padded.size() > 1) {
      plan.onlyValues(key, fields);
    }
    if (perEntity) {
      plan.filter(hasSomething(parts));
    }
    plan.project(
        key, metrics.stream().map(m -> new Named(m, valueOf(m, new LinkedHashMap<>()))).toList());
    return plan.build();
  }

  /**
   * Whether an entity is present in a cell, or an event of it is: it may sign up before it pays.
   */
  private RexNode hasSomething(List<Part> parts) {
    List<RexNode> signs = new ArrayList<>();
    signs.add(plan.isPositive(plan.field(StateMeasure.PRESENT_ENTITIES.field())));
    parts.stream()
        .filter(part -> !part.dense())
        .flatMap(part -> part.fields().stream())
        .map(f -> plan.call(SqlStdOperatorTable.NOT_EQUALS, plan.field(f), plan.number(0)))
        .forEach(signs::add);
    return signs.size() == 1
        ? signs.get(0)
        : plan.call(SqlStdOperatorTable.OR, signs.toArray(new RexNode[0]));
  }

  /** The combinations of the context's dimensions that occur in the data. */
  RelNode members(EvaluationContext context, CompiledDataset entities) {
    members.push(entities, context);
    return plan.build();
  }

  /** Some metrics' values at the periods and dimensions of the context. */
  private record Part(RelNode relation, List<String> fields, boolean dense) {}

  // ---- what to evaluate ----

  private Metric metric(String name) {
    return model.definition().metric(name).orElseThrow();
  }

  /** Ratios and derived metrics are computed from others at the end. */
  private void collectBase(String name, Set<String> base) {
    if (name.equals(PRESENCE)) {
      base.add(name);
      return;
    }
    Metric metric = metric(name);
    if (metric instanceof Metric.Ratio ratio) {
      collectBase(ratio.numerator(), base);
      collectBase(ratio.denominator(), base);
    } else if (metric instanceof Metric.Derived) {
      derived(name).inputs().forEach(input -> collectBase(input, base));
    } else {
      base.add(name);
    }
  }

  private DerivedExpression derived(String name) {
    return Objects.requireNonNull(model.derived().get(name));
  }

  private List<Part> parts(Set<String> base, EvaluationContext context) {
    Map<StateKey, EnumSet<StateMeasure>> states = new LinkedHashMap<>();
    Map<String, List<Metric.Simple>> events = new LinkedHashMap<>();
    for (String name : base) {
      if (name.equals(PRESENCE)) {
        states
            .computeIfAbsent(presence(context), k -> EnumSet.noneOf(StateMeasure.class))
            .add(StateMeasure.PRESENT_ENTITIES);
      } else if (metric(name) instanceof Metric.Snapshot snapshot) {
        states
            .computeIfAbsent(StateKey.of(snapshot), k -> EnumSet.noneOf(StateMeasure.class))
            .add(measure(snapshot));
      } else if (metric(name) instanceof Metric.Simple simple) {
        events.computeIfAbsent(simple.dataset(), d -> new ArrayList<>()).add(simple);
      }
    }
    List<Part> parts = new ArrayList<>();
    states.forEach((key, measures) -> parts.add(state(key, measures, context)));
    events.forEach((dataset, metrics) -> parts.add(event(dataset, metrics, context)));
    return parts;
  }

  private record StateKey(String dataset, String column) {
    static StateKey of(Metric.Snapshot snapshot) {
      return new StateKey(snapshot.dataset(), snapshot.column());
    }

    String field(StateMeasure measure) {
      return measure == StateMeasure.PRESENT_ENTITIES
          ? measure.field()
          : dataset + "." + column + "." + measure.field();
    }
  }

  /** Entities are present by the first state that the table has a metric of. */
  private StateKey presence(EvaluationContext context) {
    return context.base().table().definition().metrics().stream()
        .map(this::metric)
        .filter(Metric.Snapshot.class::isInstance)
        .map(m -> StateKey.of((Metric.Snapshot) m))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "metrics."
                        + context.base().table().definition().name()
                        + " has no state by which entities could be counted"));
  }

  private static StateMeasure measure(Metric.Snapshot snapshot) {
    boolean closing = snapshot.edge() == Metric.Snapshot.Edge.CLOSING;
    return switch (snapshot.measure()) {
      case AMOUNT -> closing ? StateMeasure.CLOSING_AMOUNT : StateMeasure.OPENING_AMOUNT;
      case ENTITIES -> closing ? StateMeasure.CLOSING_ENTITIES : StateMeasure.OPENING_ENTITIES;
    };
  }

  private Part state(StateKey key, EnumSet<StateMeasure> measures, EvaluationContext context) {
    RelNode relation =
        new StateEvaluation(
                plan,
                rows,
                rates,
                members,
                model.dataset(key.dataset()),
                key.column(),
                measures,
                context)
            .evaluate();
    plan.push(relation);
    List<String> kept = new ArrayList<>(context.dimensionFields());
    kept.add(PERIOD);
    plan.project(
        kept, measures.stream().map(m -> new Named(key.field(m), plan.field(m.field()))).toList());
    return new Part(plan.build(), measures.stream().map(key::field).toList(), true);
  }

  private Part event(String dataset, List<Metric.Simple> metrics, EvaluationContext context) {
    RelNode relation =
        new EventEvaluation(plan, rows, model, model.dataset(dataset), metrics, context).evaluate();
    return new Part(relation, metrics.stream().map(Metric::name).toList(), false);
  }

  // ---- side by side ----

  /** A part with nulls for the fields that it does not have. */
  private RelNode padded(Part part, List<String> key, List<String> fields, List<Part> all) {
    plan.push(part.relation());
    plan.project(
        key,
        fields.stream()
            .map(
                field ->
                    new Named(
                        field,
                        part.fields().contains(field) ? plan.field(field) : nullOf(field, all)))
            .toList());
    return plan.build();
  }

  private RexNode nullOf(String field, List<Part> parts) {
    return parts.stream()
        .filter(part -> part.fields().contains(field))
        .map(
            part ->
                Objects.requireNonNull(part.relation().getRowType().getField(field, true, false)))
        .map(f -> plan.nullOf(f.getType()))
        .findFirst()
        .orElseThrow();
  }

  /** A row of nulls for every period and combination of dimensions. */
  private RelNode emptyCells(
      List<String> key,
      List<String> fields,
      List<Part> parts,
      EvaluationContext context,
      CompiledDataset entities) {
    new PeriodRows(plan, context).pushNumbers();
    if (!context.dimensions().isEmpty()) {
      members.push(entities, context);
      plan.cross();
    }
    plan.project(key, fields.stream().map(f -> new Named(f, nullOf(f, parts))).toList());
    return plan.build();
  }

  private static boolean groupsByEntity(EvaluationContext context) {
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

  // ---- values ----

  /**
   * The value of a metric over the fields of the parts; amounts and counts are 0 where nothing is.
   */
  private RexNode valueOf(String name, Map<String, RexNode> known) {
    RexNode value = known.get(name);
    if (value == null) {
      value = compute(name, known);
      known.put(name, value);
    }
    return value;
  }

  private RexNode compute(String name, Map<String, RexNode> known) {
    if (name.equals(PRESENCE)) {
      return plan.orZero(plan.field(StateMeasure.PRESENT_ENTITIES.field()));
    }
    Metric metric = metric(name);
    if (metric instanceof Metric.Ratio ratio) {
      return plan.ratio(valueOf(ratio.numerator(), known), valueOf(ratio.denominator(), known));
    }
    if (metric instanceof Metric.Derived) {
      return derivedValue(name, known);
    }
    if (metric instanceof Metric.Snapshot snapshot) {
      return plan.field(StateKey.of(snapshot).field(measure(snapshot)));
    }
    RexNode value = plan.field(name);
    boolean countsFromZero =
        metric.info().unit() == Unit.COUNT || metric.info().unit() == Unit.CURRENCY;
    return countsFromZero ? plan.orZero(value) : value;
  }

  private RexNode derivedValue(String name, Map<String, RexNode> known) {
    DerivedExpression derived = derived(name);
    List<RexNode> inputs = derived.inputs().stream().map(i -> valueOf(i, known)).toList();
    return derived
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
