package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.EvaluationContext.PERIOD;

import io.plumbline.engine.Benchmark;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.catalog.CompiledDataset;
import io.plumbline.engine.catalog.SemanticColumn;
import io.plumbline.engine.plan.PlanBuilder.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;

/**
 * Evaluates {@code aggregate(metric) at (benchmark)}: the metric of everyone, for somebody whose
 * row filters leave only some entities, in groups that are no {@link SmallGroups}.
 *
 * <pre>
 *   cells (dimension, period, own values)
 *     =>  Filter(own) <- Aggregate(dimension, period) <- Union(own cells, benchmark's cells)
 * </pre>
 *
 * The cells stay those of the own entities, so that a benchmark names no group that they are not
 * in.
 */
final class Benchmarks {

  private static final String OWN = "own";

  private final PlanBuilder plan;
  private final MetricEvaluation everyones;
  private final Benchmark granted;
  private final SmallGroups groups;
  private boolean used;

  /**
   * @param everyones evaluates over the rows of everyone
   */
  Benchmarks(PlanBuilder plan, MetricEvaluation everyones, Benchmark granted) {
    this.plan = plan;
    this.everyones = everyones;
    this.granted = granted;
    this.groups = new SmallGroups(plan, granted.leastGroup());
  }

  /** Whether a call asks for the benchmark and for nothing else. */
  static boolean asks(MetricCall call) {
    return call instanceof MetricCall.OfMetric metric
        && metric.filter().isEmpty()
        && metric.changes().equals(List.of(new ContextChange.OfBenchmark()));
  }

  static Refusal refuse() {
    return new Refusal(
        SqlState.INSUFFICIENT_PRIVILEGE,
        "at (benchmark) is for roles to which the policy grants benchmarks, and yours is none."
            + " catalog.my_access says what you may see");
  }

  boolean isUsed() {
    return used;
  }

  /** The rule by name, for {@code explain} and audit. */
  String named() {
    return "benchmark: " + SmallGroups.named(granted.leastGroup());
  }

  /** Fails if the statement could work out more from the benchmark than it says. */
  void admit(Aggregate aggregate, SemanticRelation input, List<MetricCall> calls) {
    List<MetricCall> asking = calls.stream().filter(Benchmarks::asks).toList();
    if (asking.isEmpty()) {
      return;
    }
    used = true;
    groups.admitGroups(aggregate, input);
    for (MetricCall call : asking) {
      SemanticColumn.Metrical metric = ((MetricCall.OfMetric) call).metric();
      if (!granted.metrics().contains(metric.name())) {
        throw new Refusal(
            SqlState.INSUFFICIENT_PRIVILEGE,
            "your role has no benchmark of "
                + metric.name()
                + ", only of: "
                + String.join(", ", visible(input))
                + ". Ask for it without at (benchmark)",
            metric.name());
      }
    }
  }

  /** Of what the table has; a name that is hidden is not told. */
  private Iterable<String> visible(SemanticRelation input) {
    TreeSet<String> names = new TreeSet<>(granted.metrics());
    names.retainAll(input.base().table().metricNames());
    return names.isEmpty() ? List.of("none of this table") : names;
  }

  /**
   * The own cells, with the benchmark beside.
   *
   * @param own rows (dimensions, period, v0..vn), null for what is evaluated here
   */
  RelNode beside(
      RelNode own, List<MetricCall> calls, EvaluationContext context, CompiledDataset entities) {
    Map<String, MetricInContext> asked = new LinkedHashMap<>();
    for (int i = 0; i < calls.size(); i++) {
      if (asks(calls.get(i))) {
        String metric = ((MetricCall.OfMetric) calls.get(i)).metric().name();
        asked.put("v" + i, new MetricInContext(metric, List.of()));
      }
    }
    if (asked.isEmpty()) {
      return own;
    }
    groups.admit(context);
    List<String> key = new ArrayList<>(context.dimensionFields());
    key.add(PERIOD);
    return merged(own, groups.evaluate(everyones, asked, context, entities), key, calls);
  }

  private RelNode merged(RelNode own, RelNode everyone, List<String> key, List<MetricCall> calls) {
    Map<String, RelDataType> everyones = fields(everyone, key);
    Map<String, RelDataType> owns = fields(own, key);
    everyones.keySet().forEach(owns::remove);
    for (int i = 0; i < calls.size(); i++) {
      if (calls.get(i) instanceof MetricCall.Suppressed) {
        owns.remove("v" + i);
      }
    }
    owns.put(OWN, plan.integer());
    Map<String, RelDataType> all = new LinkedHashMap<>(owns);
    all.putAll(everyones);
    plan.unionAll(
        List.of(part(own, key, all, owns.keySet()), part(everyone, key, all, everyones.keySet())));
    plan.onlyValues(key, List.copyOf(all.keySet()));
    plan.filter(plan.isPositive(plan.field(OWN)));
    List<Named> shown = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      boolean marks = calls.get(i) instanceof MetricCall.Suppressed;
      shown.add(new Named("v" + i, marks ? groups.isHidden() : plan.field("v" + i)));
    }
    plan.project(key, shown);
    return plan.build();
  }

  private static Map<String, RelDataType> fields(RelNode rows, List<String> key) {
    Map<String, RelDataType> fields = new LinkedHashMap<>();
    rows.getRowType().getFieldList().stream()
        .filter(field -> !key.contains(field.getName()))
        .forEach(field -> fields.put(field.getName(), field.getType()));
    return fields;
  }

  /** Some rows with the fields of all, null for those that they have not. */
  private RelNode part(
      RelNode rows, List<String> key, Map<String, RelDataType> all, Set<String> has) {
    plan.push(rows);
    List<Named> named = new ArrayList<>();
    all.forEach(
        (field, type) -> {
          RexNode missing = plan.nullOf(type);
          named.add(new Named(field, has.contains(field) ? valueOf(field) : missing));
        });
    plan.project(key, named);
    return plan.build();
  }

  private RexNode valueOf(String field) {
    return field.equals(OWN) ? plan.number(1) : plan.field(field);
  }
}
