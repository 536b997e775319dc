package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.CurrencyRates.CLOSING_RATE;
import static io.plumbline.engine.plan.CurrencyRates.CURRENCY;
import static io.plumbline.engine.plan.EvaluationContext.PERIOD;
import static io.plumbline.engine.plan.StateChanges.AT;
import static io.plumbline.engine.plan.StateChanges.DELTA;
import static io.plumbline.engine.plan.StateChanges.ENTITY;

import io.plumbline.engine.plan.PlanBuilder.Named;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * What changes of entities in a period mean for windows that end with it: each change is read
 * twice, now and by bounds that lie some months earlier, so that no event is ever moved.
 *
 * <p>An entity with amounts in several currencies can't be read by its changes: one currency may
 * change what the others count for, and so may rates. Its rows are spread over all periods, and
 * their values are taken as they are.
 */
final class TrailingChanges {

  private static final String PAST = "past";
  private static final String NOW = "now";
  private static final String THEN = "then";
  private static final String NOW_CHANGE = "now_change";
  private static final String THEN_CHANGE = "then_change";
  private static final String SEVERAL = "several";

  /** The period in which the next change is. */
  static final String NEXT = "next_period";

  private static final String SPREAD = "spread_period";

  private final PlanBuilder plan;
  private final StateParts parts;
  private final TrailingWindows windows;
  private final StateSource source;
  private final EvaluationContext context;

  TrailingChanges(
      PlanBuilder plan, StateParts parts, TrailingWindows windows, EvaluationContext context) {
    this.plan = plan;
    this.parts = parts;
    this.windows = windows;
    this.source = windows.source();
    this.context = context;
  }

  /** (dimensions, currency, period, a change and a value of each wanted). */
  RelNode summed() {
    pushEntities();
    List<String> keys = DenseStates.keys(context, source);
    List<Named> fields = hasCurrency() ? ofSeveral() : ofOne();
    plan.project(keys, fields);
    plan.sums(keys, fields.stream().map(Named::name).toList());
    return plan.build();
  }

  /**
   * Pushes (dimensions, entity, currency, period, next_period, each wanted by its name): what an
   * entity counts for from one period until before another, which is null for good.
   */
  void pushSpells() {
    pushEntities();
    RexNode next = plan.field(NEXT);
    RexNode following = plan.plus(plan.field(PERIOD), plan.number(1));
    List<Named> fields = new ArrayList<>();
    fields.add(
        new Named(NEXT, hasCurrency() ? plan.choose(plan.field(SEVERAL), following, next) : next));
    for (Trailing t : windows.wanted()) {
      RexNode value = value(t, plan.field(NOW), plan.field(THEN));
      fields.add(
          new Named(
              t.name(),
              hasCurrency() ? plan.choose(plan.field(SEVERAL), valueOfSeveral(t), value) : value));
    }
    List<String> kept = perEntity();
    kept.add(PERIOD);
    plan.project(kept, fields);
  }

  private void pushEntities() {
    pushNetChanges();
    pushStates();
    if (hasCurrency()) {
      spread();
    }
  }

  private boolean hasCurrency() {
    return source.currency().isPresent();
  }

  private List<String> perEntity() {
    List<String> fields = new ArrayList<>(context.dimensionFields());
    fields.add(ENTITY);
    source.currency().ifPresent(c -> fields.add(CURRENCY));
    return fields;
  }

  /** (dimensions, entity, currency, period, now_change, then_change). */
  private void pushNetChanges() {
    new StateChanges(plan, parts, source, context).pushTwice(PAST);
    RexNode isNow = plan.isZero(plan.field(PAST));
    RexNode at = plan.field(AT);
    RexNode delta = plan.field(DELTA);
    RexNode period =
        plan.choose(
            isNow,
            Bucket.ofInstant(plan, at, context.spine()),
            Bucket.ofInstant(plan, at, windows.past(), context.spine().zone()));
    plan.project(
        perEntity(),
        List.of(
            new Named(PERIOD, period),
            new Named(NOW_CHANGE, plan.choose(isNow, delta, plan.number(0))),
            new Named(THEN_CHANGE, plan.choose(isNow, plan.number(0), delta))));
    plan.filter(
        plan.call(
            SqlStdOperatorTable.LESS_THAN, plan.field(PERIOD), plan.number(windows.past().size())));
    List<String> keys = perEntity();
    keys.add(PERIOD);
    plan.sums(keys, List.of(NOW_CHANGE, THEN_CHANGE));
  }

  /** Adds what the entity has now and had then, in one currency. */
  private void pushStates() {
    List<RexNode> partition =
        plan.fields(perEntity().subList(context.dimensions().size(), perEntity().size()));
    RexNode period = plan.field(PERIOD);
    List<String> kept = perEntity();
    kept.addAll(List.of(PERIOD, NOW_CHANGE, THEN_CHANGE));
    List<Named> states = new ArrayList<>();
    states.add(new Named(NOW, plan.runningSum(plan.field(NOW_CHANGE), partition, period)));
    states.add(new Named(THEN, plan.runningSum(plan.field(THEN_CHANGE), partition, period)));
    states.add(new Named(NEXT, plan.following(period, partition, period)));
    if (hasCurrency()) {
      List<RexNode> entity = List.of(plan.field(ENTITY));
      RexNode currency = plan.field(CURRENCY);
      RexNode several =
          plan.call(
              SqlStdOperatorTable.NOT_EQUALS,
              plan.minWithin(currency, entity),
              plan.maxWithin(currency, entity));
      states.add(new Named(SEVERAL, several));
    }
    plan.project(kept, states);
  }

  // ---- one currency ----

  private List<Named> ofOne() {
    List<Named> fields = new ArrayList<>();
    for (Trailing t : windows.wanted()) {
      fields.add(new Named(t.change(), change(t)));
      fields.add(new Named(t.value(), plan.number(0)));
    }
    return fields;
  }

  private RexNode change(Trailing t) {
    RexNode now = plan.field(NOW);
    RexNode then = plan.field(THEN);
    return plan.minus(
        value(t, now, then),
        value(
            t, plan.minus(now, plan.field(NOW_CHANGE)), plan.minus(then, plan.field(THEN_CHANGE))));
  }

  private RexNode value(Trailing t, RexNode now, RexNode then) {
    RexNode counted = plan.isPositive(then);
    RexNode less = plan.call(SqlStdOperatorTable.LESS_THAN, now, then);
    return switch (t) {
      case OPENING -> then;
      case KEPT -> plan.choose(counted, now, plan.number(0));
      case LESSER -> plan.choose(less, now, then);
      case CHURNED -> plan.choose(plan.isPositive(now), plan.number(0), then);
      case OPENING_ENTITIES -> plan.one(counted);
      case KEPT_ENTITIES -> plan.one(and(counted, plan.isPositive(now)));
      case LESSER_ENTITIES -> plan.one(and(counted, plan.call(SqlStdOperatorTable.NOT, less)));
    };
  }

  private RexNode and(RexNode a, RexNode b) {
    return plan.call(SqlStdOperatorTable.AND, a, b);
  }

  // ---- several currencies ----

  /** Repeats the rows of entities with several currencies for every period that they hold in. */
  private void spread() {
    RelDataType rowType =
        plan.types()
            .builder()
            .add("spreads", SqlTypeName.BOOLEAN)
            .add(SPREAD, SqlTypeName.INTEGER)
            .build();
    List<List<RexLiteral>> rows = new ArrayList<>();
    for (int j = 0; j < windows.past().size(); j++) {
      rows.add(List.of(plan.rexBuilder().makeLiteral(j > 0), plan.number(j)));
    }
    plan.values(rowType, rows);
    // An equality, so that entities with one currency meet their one row without a search.
    plan.relBuilder()
        .join(
            JoinRelType.INNER,
            plan.call(
                SqlStdOperatorTable.EQUALS,
                plan.relBuilder().field(2, 0, SEVERAL),
                plan.relBuilder().field(2, 1, "spreads")));
    RexNode several = plan.field(SEVERAL);
    RexNode spread = plan.field(SPREAD);
    RexNode begun =
        plan.call(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, spread, plan.field(PERIOD));
    RexNode before =
        plan.call(
            SqlStdOperatorTable.OR,
            plan.call(SqlStdOperatorTable.IS_NULL, plan.field(NEXT)),
            plan.call(SqlStdOperatorTable.LESS_THAN, spread, plan.field(NEXT)));
    plan.filter(
        plan.call(
            SqlStdOperatorTable.OR,
            plan.call(SqlStdOperatorTable.NOT, several),
            and(begun, before)));
    List<String> kept = perEntity();
    kept.addAll(List.of(NOW_CHANGE, THEN_CHANGE, NOW, THEN, NEXT, SEVERAL));
    plan.project(
        kept, List.of(new Named(PERIOD, plan.choose(several, spread, plan.field(PERIOD)))));
    if (windows.wanted().stream().anyMatch(Trailing::compares)) {
      joinRates(kept);
    }
    pushTotals();
  }

  private void joinRates(List<String> kept) {
    parts.rates().push(windows.past(), context);
    plan.relBuilder().join(JoinRelType.LEFT, plan.same(CURRENCY), plan.same(PERIOD));
    kept.add(PERIOD);
    plan.project(kept, List.of(new Named(CLOSING_RATE, plan.field(CLOSING_RATE))));
  }

  /** Adds the totals of an entity in a period over its currencies. */
  private void pushTotals() {
    List<String> kept = new ArrayList<>(plan.relBuilder().peek().getRowType().getFieldNames());
    List<RexNode> inPeriod = plan.fields(List.of(ENTITY, PERIOD));
    List<Named> totals = new ArrayList<>();
    totals.add(new Named("all_now", plan.sumWithin(plan.field(NOW), inPeriod)));
    totals.add(new Named("all_then", plan.sumWithin(plan.field(THEN), inPeriod)));
    totals.add(new Named("turn", plan.anyNumber(inPeriod)));
    if (kept.contains(CLOSING_RATE)) {
      totals.add(new Named("worth_now", plan.sumWithin(worth(NOW), inPeriod)));
      totals.add(new Named("worth_then", plan.sumWithin(worth(THEN), inPeriod)));
    }
    plan.project(kept, totals);
  }

  private RexNode worth(String field) {
    return plan.times(plan.field(field), plan.field(CLOSING_RATE));
  }

  private List<Named> ofSeveral() {
    RexNode several = plan.field(SEVERAL);
    List<Named> fields = new ArrayList<>();
    for (Trailing t : windows.wanted()) {
      fields.add(new Named(t.change(), plan.choose(several, plan.number(0), change(t))));
      fields.add(new Named(t.value(), plan.choose(several, valueOfSeveral(t), plan.number(0))));
    }
    return fields;
  }

  private RexNode valueOfSeveral(Trailing t) {
    RexNode zero = plan.number(0);
    RexNode now = plan.field(NOW);
    RexNode then = plan.field(THEN);
    RexNode counted = plan.isPositive(plan.field("all_then"));
    RexNode counts = plan.isPositive(plan.field("all_now"));
    RexNode first = plan.call(SqlStdOperatorTable.EQUALS, plan.field("turn"), plan.number(1));
    return switch (t) {
      case OPENING -> then;
      case KEPT -> plan.choose(counted, now, zero);
      case LESSER -> plan.choose(lessNow(), now, then);
      case CHURNED -> plan.choose(counts, zero, then);
      case OPENING_ENTITIES -> plan.one(and(first, counted));
      case KEPT_ENTITIES -> plan.one(and(first, and(counted, counts)));
      case LESSER_ENTITIES ->
          plan.one(and(first, and(counted, plan.call(SqlStdOperatorTable.NOT, lessNow()))));
    };
  }

  private RexNode lessNow() {
    return plan.call(
        SqlStdOperatorTable.LESS_THAN, plan.field("worth_now"), plan.field("worth_then"));
  }
}
