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
import org.apache.calcite.tools.RelBuilder;

/**
 * Says of the net changes of entities in a period what they are: an entity has an opening and a
 * closing amount, and its class follows from these. An entity with amounts in several currencies
 * has one class in a period; each of its currencies contributes its own change.
 *
 * <pre>
 *   (entity, currency, period, delta)
 *     windows by entity: closing = running sum, opening = closing - change in the period
 *     sums of those of one class; changes in several currencies at once stay apart
 *     rates, and windows by entity and period, for these few
 *   =&gt; a field for each {@link Change}
 * </pre>
 */
final class EntityChanges {

  /** Whether the entity counted at the start of the period. */
  static final String OPENED = "opened";

  private static final String CLOSED = "closed";
  private static final String FIRST = "first";
  private static final String GAIN = "gain";
  private static final String ENTITIES = "entities";
  private static final String ALONE = "alone";
  private static final String PEER = "peer";
  private static final String CLOSING = "closing";
  private static final String WORTH = "worth";

  private final PlanBuilder plan;
  private final CurrencyRates rates;
  private final EvaluationContext context;
  private final boolean currencies;
  private final Set<Change> wanted;

  /** What the wanted changes need to know of an entity beside whether it counts. */
  private final List<String> traits;

  /**
   * @param currencies whether the changes have a currency
   */
  EntityChanges(
      PlanBuilder plan,
      CurrencyRates rates,
      EvaluationContext context,
      boolean currencies,
      Set<Change> wanted) {
    this.plan = plan;
    this.rates = rates;
    this.context = context;
    this.currencies = currencies;
    this.wanted = wanted;
    this.traits = new ArrayList<>();
    if (wanted.stream().anyMatch(Change::isOfBeginning)) {
      traits.add(FIRST);
    }
    if (isDirected()) {
      traits.add(GAIN);
    }
  }

  private boolean isDirected() {
    return wanted.stream().anyMatch(Change::hasDirection);
  }

  /**
   * Adds the changes to the net changes of entities on top of the builder. Entities of one class
   * may come out as one row.
   *
   * @param entityKey the fields that make an entity
   * @param kept fields to keep; the changes are added to them
   */
  void classify(List<String> entityKey, List<String> kept) {
    pushClasses(entityKey, kept);
    plan.project(kept, values());
  }

  /**
   * The same, with a field {@link #OPENED} beside them: whether the entity counted at the start.
   */
  void classifyOpened(List<String> entityKey, List<String> kept) {
    pushClasses(entityKey, kept);
    List<Named> fields = new ArrayList<>();
    fields.add(new Named(OPENED, plan.field(OPENED)));
    fields.addAll(values());
    plan.project(kept, fields);
  }

  private List<Named> values() {
    Classes classes = new Classes();
    return wanted.stream().map(c -> new Named(c.field(), classes.value(c))).toList();
  }

  private void pushClasses(List<String> entityKey, List<String> kept) {
    pushEdges(entityKey, kept);
    sumClasses(kept);
    if (currencies) {
      joinPeers(entityKey, kept);
    }
  }

  /**
   * What is asked of the amounts is computed here, beside the windows: PostgreSQL would compute it
   * again for every change that reads it. All windows are one, so that rows are sorted once.
   */
  private void pushEdges(List<String> entityKey, List<String> kept) {
    List<RexNode> entity = plan.fields(entityKey);
    RexNode period = plan.field(PERIOD);
    RexNode delta = plan.field(DELTA);
    RexNode closing = plan.runningSum(delta, entity, period);
    RexNode rank = plan.rank(entity, period);
    List<Named> edges = new ArrayList<>();
    edges.add(new Named(DELTA, delta));
    edges.add(new Named(OPENED, plan.isPositive(plan.minus(closing, delta))));
    edges.add(new Named(CLOSED, plan.isPositive(closing)));
    if (traits.contains(FIRST)) {
      // A row without a change in sum is an entity that came and left: it counted before.
      edges.add(new Named(FIRST, isOne(rank)));
    }
    if (traits.contains(GAIN)) {
      edges.add(new Named(GAIN, direction(delta)));
    }
    if (currencies) {
      RexNode alone =
          plan.call(SqlStdOperatorTable.EQUALS, rank, plan.runningCount(delta, entity, period));
      edges.add(new Named(ALONE, alone));
      edges.add(new Named(CLOSING, closing));
      edges.add(new Named(PEER, plan.field(StateChanges.ENTITY)));
    }
    plan.project(kept, edges);
  }

  private RexNode isOne(RexNode number) {
    return plan.call(SqlStdOperatorTable.EQUALS, number, plan.number(1));
  }

  private RexNode direction(RexNode gain) {
    return plan.call(
        SqlStdOperatorTable.CASE,
        plan.isPositive(gain),
        plan.number(1),
        isNegative(gain),
        plan.number(-1),
        plan.number(0));
  }

  private RexNode isNegative(RexNode value) {
    return plan.call(SqlStdOperatorTable.LESS_THAN, value, plan.number(0));
  }

  /** Most changes have no peer, and need no more than their sum by class. */
  private void sumClasses(List<String> kept) {
    List<String> keys = new ArrayList<>(kept);
    keys.addAll(List.of(OPENED, CLOSED));
    keys.addAll(traits);
    RelBuilder builder = plan.relBuilder();
    List<RelBuilder.AggCall> sums = new ArrayList<>();
    sums.add(builder.aggregateCall(SqlStdOperatorTable.SUM, plan.field(DELTA)).as(DELTA));
    if (currencies) {
      keepPeersApart(kept);
      keys.addAll(List.of(ALONE, PEER));
      sums.add(builder.aggregateCall(SqlStdOperatorTable.MAX, plan.field(CLOSING)).as(CLOSING));
    }
    sums.add(builder.countStar(ENTITIES));
    builder.aggregate(builder.groupKey(plan.fields(keys)), sums);
    countInIntegers();
  }

  /** An entity's changes in several currencies keep its key; those of others lose it. */
  private void keepPeersApart(List<String> kept) {
    RexNode alone = plan.field(ALONE);
    RexNode opened = plan.call(SqlStdOperatorTable.AND, alone, plan.field(OPENED));
    List<String> others = new ArrayList<>(kept);
    others.addAll(List.of(DELTA, CLOSED, ALONE));
    List<Named> apart = new ArrayList<>();
    apart.add(new Named(OPENED, opened));
    keepFirst(others);
    if (traits.contains(GAIN)) {
      apart.add(new Named(GAIN, plan.choose(alone, plan.field(GAIN), plan.number(0))));
    }
    apart.add(new Named(CLOSING, nullIfAlone(plan.field(CLOSING))));
    apart.add(new Named(PEER, nullIfAlone(plan.field(PEER))));
    plan.project(others, apart);
  }

  private void keepFirst(List<String> fields) {
    if (traits.contains(FIRST)) {
      fields.add(FIRST);
    }
  }

  private RexNode nullIfAlone(RexNode value) {
    return plan.choose(plan.field(ALONE), plan.nullOf(value.getType()), value);
  }

  /** The sum of a BIGINT would be a decimal. */
  private void countInIntegers() {
    List<String> fields = new ArrayList<>(plan.relBuilder().peek().getRowType().getFieldNames());
    fields.remove(ENTITIES);
    RexNode count = plan.rexBuilder().makeAbstractCast(plan.integer(), plan.field(ENTITIES), false);
    plan.project(fields, List.of(new Named(ENTITIES, count)));
  }

  /** Changes of one entity and period in several currencies are of one class. */
  private void joinPeers(List<String> entityKey, List<String> kept) {
    boolean directed = traits.contains(GAIN);
    if (directed) {
      joinRates();
    }
    RexNode alone = plan.field(ALONE);
    List<RexNode> peers = peers(entityKey);
    RexNode opening = plan.minus(plan.field(CLOSING), plan.sumWithin(plan.field(DELTA), peers));
    List<Named> joined = new ArrayList<>();
    joined.add(new Named(OPENED, plan.choose(alone, plan.field(OPENED), plan.isPositive(opening))));
    if (directed) {
      RexNode gain = direction(plan.sumWithin(plan.field(WORTH), peers));
      joined.add(new Named(GAIN, plan.choose(alone, plan.field(GAIN), gain)));
    }
    RexNode counted = plan.one(isOne(plan.anyNumber(peers)));
    joined.add(new Named(ENTITIES, plan.choose(alone, plan.field(ENTITIES), counted)));
    List<String> fields = new ArrayList<>(kept);
    fields.addAll(List.of(DELTA, CLOSED));
    keepFirst(fields);
    plan.project(fields, joined);
  }

  private List<RexNode> peers(List<String> entityKey) {
    List<String> fields = new ArrayList<>(entityKey);
    fields.set(fields.indexOf(StateChanges.ENTITY), PEER);
    fields.add(PERIOD);
    fields.add(ALONE);
    return plan.fields(fields);
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

  /** What follows from the class of entities. */
  private final class Classes {
    private final RexNode delta = plan.field(DELTA);
    private final RexNode opened = plan.field(OPENED);
    private final RexNode closed = plan.field(CLOSED);
    private final RexNode entities = plan.field(ENTITIES);
    private final RexNode appeared = and(not(opened), closed);
    private final RexNode lost = and(opened, not(closed));
    private final RexNode kept = and(opened, closed);

    RexNode value(Change change) {
      return switch (change) {
        case DELTA -> delta;
        case ENTITY_DELTA -> plan.minus(count(closed), count(opened));
        case APPEARED -> count(appeared);
        case NEW -> amount(and(appeared, first()), delta);
        case REACTIVATION -> amount(and(appeared, not(first())), delta);
        // Without a gain in sum the changes of several currencies cancel out: they stay together.
        case EXPANSION -> amount(and(kept, not(isNegative(gain()))), delta);
        case CONTRACTION -> amount(and(kept, isNegative(gain())), plan.negated(delta));
        case CHURN -> amount(lost, plan.negated(delta));
        case NEW_ENTITIES -> count(and(appeared, first()));
        case REACTIVATION_ENTITIES -> count(and(appeared, not(first())));
        case EXPANSION_ENTITIES -> count(and(kept, plan.isPositive(gain())));
        case CONTRACTION_ENTITIES -> count(and(kept, isNegative(gain())));
        case CHURN_ENTITIES -> count(lost);
      };
    }

    private RexNode first() {
      return plan.field(FIRST);
    }

    private RexNode gain() {
      return plan.field(GAIN);
    }

    private RexNode amount(RexNode condition, RexNode amount) {
      return plan.choose(condition, amount, plan.number(0));
    }

    /** An entity counts once, however many currencies it has. */
    private RexNode count(RexNode condition) {
      return plan.choose(condition, entities, plan.number(0));
    }

    private RexNode and(RexNode... conditions) {
      return plan.call(SqlStdOperatorTable.AND, conditions);
    }

    private RexNode not(RexNode condition) {
      return plan.call(SqlStdOperatorTable.NOT, condition);
    }
  }
}
