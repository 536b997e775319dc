package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.CurrencyRates.CURRENCY;
import static io.plumbline.engine.plan.EvaluationContext.PERIOD;
import static io.plumbline.engine.plan.StateChanges.DELTA;
import static io.plumbline.engine.plan.StateChanges.ENTITY;

import io.plumbline.engine.plan.PlanBuilder.Named;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;

/**
 * Evaluates states and movements in delta form, so that the cost follows the number of changes and
 * not entities x periods:
 *
 * <pre>
 *   intervals x (+1, -1)         each interval is a rise at its start and a fall at its end
 *   sum by entity and period     an event on a bound belongs to the later period: the left limit
 *   windows by entity            opening and closing of the entities that changed
 *   sum by dimensions, period    plus a zero row for every period and combination of dimensions
 *   running sums                 the state of all
 *   x rates, sum over currencies
 * </pre>
 */
final class StateEvaluation {

  private final PlanBuilder plan;
  private final StateParts parts;
  private final StateSource source;
  private final Set<StateMeasure> measures;
  private final EvaluationContext context;
  private final Set<Change> changes = EnumSet.noneOf(Change.class);

  StateEvaluation(
      PlanBuilder plan,
      StateParts parts,
      StateSource source,
      Set<StateMeasure> measures,
      EvaluationContext context) {
    this.plan = plan;
    this.parts = parts;
    this.source = source;
    this.measures = measures;
    this.context = context;
    measures.forEach(measure -> changes.addAll(measure.changes()));
  }

  /** Rows (dimensions, period, measures), one for every period and combination of dimensions. */
  RelNode evaluate() {
    DenseStates states = new DenseStates(plan, parts, source, changes, context);
    states.push(netChanges());
    return new StateValues(plan, source, measures, context).evaluate();
  }

  /**
   * Rows (dimensions, period, measures) of movements by the periods of this context, summed over
   * those of a coarser one.
   *
   * @param coarser whose range is the same
   */
  RelNode evaluateWithin(EvaluationContext coarser) {
    DenseStates states = new DenseStates(plan, parts, source, changes, context);
    if (measures.stream().anyMatch(StateMeasure::readsState)) {
      states.push(netChanges());
    } else {
      plan.unionAll(netChanges());
      states.pushSparse(plan.build());
    }
    return new StateValues(plan, source, measures, context)
        .evaluateWithin(coarser, () -> parts.pushCells(source.dataset(), coarser));
  }

  /** (dimensions, currency, period, changes): the changes of all entities, summed. */
  private List<RelNode> netChanges() {
    Set<Change> moved = EnumSet.copyOf(changes);
    moved.removeIf(change -> !change.isMovement());
    if (moved.isEmpty() || !DimensionedRows.readsHistory(context)) {
      return List.of(netChanges(changes));
    }
    List<RelNode> both = new ArrayList<>();
    both.add(new HistoricalMovements(plan, parts, source, moved, context).summed());
    Set<Change> stood = EnumSet.copyOf(changes);
    stood.removeAll(moved);
    if (!stood.isEmpty()) {
      both.add(netChanges(stood));
    }
    return both;
  }

  private RelNode netChanges(Set<Change> wanted) {
    new StateChanges(plan, parts, source, context).push();
    pushDated();
    if (wanted.stream().anyMatch(Change::isPerEntity)) {
      classify(wanted);
    }
    plan.sums(DenseStates.keys(context, source), wanted.stream().map(Change::field).toList());
    return plan.build();
  }

  /**
   * (entity, period, what else is grouped, delta). The order of these fields is that of GROUP BY,
   * and PostgreSQL sorts once where the windows by entity and period find it in front.
   */
  private void pushDated() {
    List<String> entity = entityKey();
    List<Named> fields = new ArrayList<>();
    fields.add(
        new Named(PERIOD, Bucket.ofInstant(plan, plan.field(StateChanges.AT), context.spine())));
    others(entity).forEach(name -> fields.add(new Named(name, plan.field(name))));
    fields.add(new Named(DELTA, plan.field(DELTA)));
    plan.project(entity, fields);
  }

  /** The dimensions and the currency, as far as they don't make the entity. */
  private List<String> others(List<String> entity) {
    List<String> others = new ArrayList<>(context.dimensionFields());
    source.currency().ifPresent(c -> others.add(CURRENCY));
    others.removeAll(entity);
    return others;
  }

  private void classify(Set<Change> wanted) {
    List<String> entity = entityKey();
    List<String> perEntity = new ArrayList<>(entity);
    perEntity.add(PERIOD);
    perEntity.addAll(others(entity));
    plan.sums(perEntity, List.of(DELTA));
    new EntityChanges(plan, parts.rates(), context, source.currency().isPresent(), wanted)
        .classify(entity, DenseStates.keys(context, source));
  }

  /** An entity that stands under several values of a dimension below it counts once under each. */
  private List<String> entityKey() {
    String home = parts.members().entityDataset(source.dataset()).definition().name();
    List<String> key = new ArrayList<>(List.of(ENTITY));
    for (int i = 0; i < context.dimensions().size(); i++) {
      RexNode dimension = context.dimensions().get(i);
      if (!DimensionedRows.reads(context, dimension, home)
          || new Conformed(source.dataset()).isRead(dimension, context)) {
        key.add(context.dimensionFields().get(i));
      }
    }
    return key;
  }
}
