package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.CurrencyRates.CURRENCY;
import static io.plumbline.engine.plan.EvaluationContext.PERIOD;
import static io.plumbline.engine.plan.StateChanges.DELTA;

import io.plumbline.engine.plan.PlanBuilder.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Says of the net changes of entities in a period what they are: an entity has an opening and a
 * closing amount, and its class follows from these. An entity with amounts in several currencies
 * has one class in a period; each of its currencies contributes its own change.
 *
 * <pre>
 *   (entity, currency, period, delta)
 *     windows by entity: closing = running sum, opening = closing - change in the period
 *   =&gt; a field for each {@link Change}
 * </pre>
 */
final class EntityChanges {

  /** Whether the entity counted at the start of the period. */
  static final String OPENED = "opened";

  private static final String CLOSING = "closing";
  private static final String CHANGE = "change_in_period";
  private static final String GAIN = "gain";
  private static final String WORTH = "worth";
  private static final String PLACE = "place";
  private static final String TURN = "turn";

  private final PlanBuilder plan;
  private final CurrencyRates rates;
  private final EvaluationContext context;
  private final boolean currencies;

  /**
   * @param currencies whether the changes have a currency
   */
  EntityChanges(
      PlanBuilder plan, CurrencyRates rates, EvaluationContext context, boolean currencies) {
    this.plan = plan;
    this.rates = rates;
    this.context = context;
    this.currencies = currencies;
  }

  /**
   * Adds the changes to the net changes of entities on top of the builder.
   *
   * @param entityKey the fields that make an entity
   * @param kept fields to keep; the changes are added to them
   */
  void classify(List<String> entityKey, List<String> kept, Set<Change> wanted) {
    pushEdges(entityKey, kept, wanted);
    Edges edges = new Edges();
    plan.project(kept, wanted.stream().map(c -> new Named(c.field(), edges.value(c))).toList());
  }

  /**
   * The same, with a field {@link #OPENED} beside them: whether the entity counted at the start.
   */
  void classifyOpened(List<String> entityKey, List<String> kept, Set<Change> wanted) {
    pushEdges(entityKey, kept, wanted);
    Edges edges = new Edges();
    List<Named> fields = new ArrayList<>();
    fields.add(new Named(OPENED, edges.opened));
    wanted.forEach(c -> fields.add(new Named(c.field(), edges.value(c))));
    plan.project(kept, fields);
  }

  private void pushEdges(List<String> entityKey, List<String> kept, Set<Change> wanted) {
    boolean directed = currencies && wanted.stream().anyMatch(Change::hasDirection);
    if (directed) {
      joinRates();
    }
    List<RexNode> entity = plan.fields(entityKey);
    List<RexNode> inPeriod = new ArrayList<>(entity);
    inPeriod.add(plan.field(PERIOD));
    RexNode delta = plan.field(DELTA);
    List<Named> windows = new ArrayList<>();
    windows.add(new Named(DELTA, delta));
    windows.add(new Named(CLOSING, plan.runningSum(delta, entity, plan.field(PERIOD))));
    windows.add(new Named(CHANGE, currencies ? plan.sumWithin(delta, inPeriod) : delta));
    windows.add(new Named(GAIN, directed ? plan.sumWithin(plan.field(WORTH), inPeriod) : delta));
    windows.add(new Named(TURN, currencies ? plan.anyNumber(inPeriod) : plan.number(1)));
    // A row without a change in sum is an entity that came and left: it counted before.
    windows.add(new Named(PLACE, plan.rank(entity, plan.field(PERIOD))));
    plan.project(kept, windows);
  }

  /** What a change is worth at the rate of the start of the period. */
  private void joinRates() {
    List<String> fields = plan.relBuilder().peek().getRowType().getFieldNames();
    rates.push(context);
    plan.relBuilder().join(JoinRelType.LEFT, plan.same(CURRENCY), plan.same(PERIOD));
    RexNode delta = plan.field(DELTA);
    RexNode worth = plan.times(delta, plan.field(CurrencyRates.OPENING_RATE));
    plan.project(
        fields, List.of(new Named(WORTH, plan.call(SqlStdOperatorTable.COALESCE, worth, delta))));
  }

  /** What follows from the amounts of an entity at both edges of a period. */
  private final class Edges {
    private final RexNode delta = plan.field(DELTA);
    private final RexNode opened =
        plan.isPositive(plan.minus(plan.field(CLOSING), plan.field(CHANGE)));
    private final RexNode closed = plan.isPositive(plan.field(CLOSING));
    private final RexNode gain = plan.field(GAIN);
    private final RexNode first = is(PLACE, 1);
    private final RexNode appeared = and(not(opened), closed);
    private final RexNode lost = and(opened, not(closed));
    private final RexNode kept = and(opened, closed);

    RexNode value(Change change) {
      return switch (change) {
        case DELTA -> delta;
        case ENTITY_DELTA ->
            plan.choose(once(), plan.minus(plan.one(closed), plan.one(opened)), plan.number(0));
        case APPEARED -> count(appeared);
        case NEW -> amount(and(appeared, first), delta);
        case REACTIVATION -> amount(and(appeared, not(first)), delta);
        // Without a gain in sum the changes of several currencies cancel out: they stay together.
        case EXPANSION -> amount(and(kept, not(isNegative(gain))), delta);
        case CONTRACTION -> amount(and(kept, isNegative(gain)), plan.negated(delta));
        case CHURN -> amount(lost, plan.negated(delta));
        case NEW_ENTITIES -> count(and(appeared, first));
        case REACTIVATION_ENTITIES -> count(and(appeared, not(first)));
        case EXPANSION_ENTITIES -> count(and(kept, plan.isPositive(gain)));
        case CONTRACTION_ENTITIES -> count(and(kept, isNegative(gain)));
        case CHURN_ENTITIES -> count(lost);
      };
    }

    private RexNode amount(RexNode condition, RexNode amount) {
      return plan.choose(condition, amount, plan.number(0));
    }

    /** An entity counts once, however many currencies it has. */
    private RexNode count(RexNode condition) {
      return plan.one(currencies ? and(condition, once()) : condition);
    }

    private RexNode once() {
      return is(TURN, 1);
    }

    private RexNode is(String field, int number) {
      return plan.call(SqlStdOperatorTable.EQUALS, plan.field(field), plan.number(number));
    }

    private RexNode isNegative(RexNode value) {
      return plan.call(SqlStdOperatorTable.LESS_THAN, value, plan.number(0));
    }

    private RexNode and(RexNode... conditions) {
      return plan.call(SqlStdOperatorTable.AND, conditions);
    }

    private RexNode not(RexNode condition) {
      return plan.call(SqlStdOperatorTable.NOT, condition);
    }
  }
}
