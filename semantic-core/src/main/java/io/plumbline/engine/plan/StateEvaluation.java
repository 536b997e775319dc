package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.CurrencyRates.CLOSING_RATE;
import static io.plumbline.engine.plan.CurrencyRates.CURRENCY;
import static io.plumbline.engine.plan.CurrencyRates.OPENING_RATE;
import static io.plumbline.engine.plan.EvaluationContext.PERIOD;

import io.plumbline.definitions.Dataset;
import io.plumbline.engine.catalog.CompiledDataset;
import io.plumbline.engine.plan.PlanBuilder.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Evaluates states in delta form, so that the cost follows the number of changes and not entities x
 * periods:
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

  private static final String ENTITY = "entity";
  private static final String DELTA = "delta";
  private static final String ENTITY_DELTA = "entity_delta";
  private static final String APPEARED = "appeared";
  private static final String STATE = "state";
  private static final String ENTITY_STATE = "entity_state";

  private final PlanBuilder plan;
  private final DimensionedRows rows;
  private final CurrencyRates rates;
  private final Members members;
  private final CompiledDataset dataset;
  private final String amount;
  private final Set<StateMeasure> measures;
  private final EvaluationContext context;

  /**
   * @param amount the column that is summed per entity
   */
  StateEvaluation(
      PlanBuilder plan,
      DimensionedRows rows,
      CurrencyRates rates,
      Members members,
      CompiledDataset dataset,
      String amount,
      Set<StateMeasure> measures,
      EvaluationContext context) {
    this.plan = plan;
    this.rows = rows;
    this.rates = rates;
    this.members = members;
    this.dataset = dataset;
    this.amount = amount;
    this.measures = measures;
    this.context = context;
  }

  /** Rows (dimensions, period, measures), one for every period and combination of dimensions. */
  RelNode evaluate() {
    pushChanges();
    if (countsEntities()) {
      netPerEntity();
    }
    plan.sums(keys(), deltas());
    RelNode changes = plan.build();
    pushDense(changes);
    pushStates();
    return pushMeasures();
  }

  private boolean countsEntities() {
    return measures.stream().anyMatch(measure -> !measure.isAmount());
  }

  private Optional<String> currency() {
    return dataset.definition().currency();
  }

  /** Dimensions, currency if there are several, period. */
  private List<String> keys() {
    List<String> keys = new ArrayList<>(context.dimensionFields());
    currency().ifPresent(c -> keys.add(CURRENCY));
    keys.add(PERIOD);
    return keys;
  }

  private List<String> deltas() {
    return countsEntities() ? List.of(DELTA, ENTITY_DELTA, APPEARED) : List.of(DELTA);
  }

  // ---- changes ----

  /** (dimensions, entity, currency, period, delta): the two ends of every interval that counts. */
  private void pushChanges() {
    Dataset.Interval validity = dataset.definition().validity().orElseThrow();
    String entity = dataset.definition().entity().orElseThrow().column();
    List<String> own = new ArrayList<>(List.of(entity, amount, validity.from(), validity.to()));
    currency().filter(c -> !own.contains(c)).ifPresent(own::add);
    rows.push(dataset, own, new RowTime.Interval(validity.from(), validity.to()), context);
    RexNode from = plan.field(validity.from());
    RexNode to = plan.field(validity.to());
    plan.filter(
        plan.isPositive(plan.field(amount)),
        plan.call(
            SqlStdOperatorTable.OR,
            plan.call(SqlStdOperatorTable.IS_NULL, to),
            plan.call(SqlStdOperatorTable.LESS_THAN, from, to)));
    plan.relBuilder().values(new String[] {"side"}, 1, -1);
    plan.cross();
    RexNode starts = plan.call(SqlStdOperatorTable.EQUALS, plan.field("side"), plan.number(1));
    List<Named> fields = new ArrayList<>();
    fields.add(new Named(ENTITY, plan.field(entity)));
    currency().ifPresent(c -> fields.add(new Named(CURRENCY, plan.field(c))));
    fields.add(
        new Named(
            "at", plan.choose(starts, plan.field(validity.from()), plan.field(validity.to()))));
    fields.add(
        new Named(
            DELTA, plan.choose(starts, plan.field(amount), plan.negated(plan.field(amount)))));
    plan.project(context.dimensionFields(), fields);
    bucketChanges();
  }

  private void bucketChanges() {
    Spine spine = context.spine();
    plan.filter(
        plan.call(
            SqlStdOperatorTable.LESS_THAN,
            plan.field("at"),
            plan.instant(spine.instant(spine.end()))));
    List<String> kept = new ArrayList<>(context.dimensionFields());
    kept.add(ENTITY);
    currency().ifPresent(c -> kept.add(CURRENCY));
    plan.project(
        kept,
        List.of(
            new Named(PERIOD, Bucket.ofInstant(plan, plan.field("at"), spine)),
            new Named(DELTA, plan.field(DELTA))));
  }

  /** Adds to each change of an entity whether the entity began or ceased to count with it. */
  private void netPerEntity() {
    List<String> perEntity = new ArrayList<>(context.dimensionFields());
    perEntity.add(ENTITY);
    currency().ifPresent(c -> perEntity.add(CURRENCY));
    perEntity.add(PERIOD);
    plan.sums(perEntity, List.of(DELTA));
    List<RexNode> entity = plan.fields(entityKey());
    List<RexNode> entityInPeriod = new ArrayList<>(entity);
    entityInPeriod.add(plan.field(PERIOD));
    RexNode closing = plan.runningSum(plan.field(DELTA), entity, plan.field(PERIOD));
    boolean several = currency().isPresent();
    RexNode change =
        several ? plan.sumWithin(plan.field(DELTA), entityInPeriod) : plan.field(DELTA);
    RexNode turn = several ? plan.rowNumber(entityInPeriod, plan.field(CURRENCY)) : plan.number(1);
    plan.project(
        perEntity,
        List.of(
            new Named(DELTA, plan.field(DELTA)),
            new Named("closing", closing),
            new Named("change", change),
            new Named("turn", turn)));
    RexNode counts = plan.isPositive(plan.field("closing"));
    RexNode counted = plan.isPositive(plan.minus(plan.field("closing"), plan.field("change")));
    RexNode firstTurn = plan.call(SqlStdOperatorTable.EQUALS, plan.field("turn"), plan.number(1));
    RexNode appeared =
        plan.call(
            SqlStdOperatorTable.AND,
            firstTurn,
            counts,
            plan.call(SqlStdOperatorTable.NOT, counted));
    plan.project(
        keys(),
        List.of(
            new Named(DELTA, plan.field(DELTA)),
            new Named(
                ENTITY_DELTA,
                plan.choose(
                    firstTurn, plan.minus(plan.one(counts), plan.one(counted)), plan.number(0))),
            new Named(APPEARED, plan.one(appeared))));
  }

  /** An entity that stands under several values of a dimension below it counts once under each. */
  private List<String> entityKey() {
    String home = members.entityDataset(dataset).definition().name();
    List<String> key = new ArrayList<>(List.of(ENTITY));
    for (int i = 0; i < context.dimensions().size(); i++) {
      RexNode dimension = context.dimensions().get(i);
      if (!DimensionedRows.reads(context, dimension, home)
          || new Conformed(dataset).isRead(dimension, context)) {
        key.add(context.dimensionFields().get(i));
      }
    }
    return key;
  }

  // ---- states ----

  /** The changes, and a row without change for every period, currency and combination. */
  private void pushDense(RelNode changes) {
    pushPeriods();
    if (!context.dimensions().isEmpty()) {
      members.push(dataset, context);
      plan.cross();
    }
    plan.project(
        keys(),
        concat(deltas().stream().map(d -> new Named(d, plan.number(0))).toList(), ratesOf(true)));
    RelNode zeros = plan.build();
    plan.push(changes);
    currency().ifPresent(c -> rates.gatherUnknown());
    plan.project(
        keys(),
        concat(deltas().stream().map(d -> new Named(d, plan.field(d))).toList(), ratesOf(false)));
    plan.unionAll(List.of(zeros, plan.build()));
    var sums =
        deltas().stream()
            .map(
                d -> plan.relBuilder().aggregateCall(SqlStdOperatorTable.SUM, plan.field(d)).as(d));
    var rateValues =
        rateFields().stream()
            .map(
                r -> plan.relBuilder().aggregateCall(SqlStdOperatorTable.MAX, plan.field(r)).as(r));
    plan.relBuilder()
        .aggregate(
            plan.relBuilder().groupKey(plan.fields(keys())),
            Stream.concat(sums, rateValues).toList());
  }

  private List<String> rateFields() {
    return currency().isPresent() ? List.of(OPENING_RATE, CLOSING_RATE) : List.of();
  }

  private List<Named> ratesOf(boolean known) {
    return rateFields().stream()
        .map(rate -> new Named(rate, known ? plan.field(rate) : plan.nullOf(plan.numeric())))
        .toList();
  }

  private void pushPeriods() {
    if (currency().isPresent()) {
      rates.push(context);
      return;
    }
    new PeriodRows(plan, context).pushNumbers();
  }

  private void pushStates() {
    List<String> group = new ArrayList<>(keys());
    group.remove(PERIOD);
    List<RexNode> partition = plan.fields(group);
    List<Named> states = new ArrayList<>();
    states.add(new Named(STATE, plan.runningSum(plan.field(DELTA), partition, plan.field(PERIOD))));
    if (countsEntities()) {
      states.add(
          new Named(
              ENTITY_STATE,
              plan.runningSum(plan.field(ENTITY_DELTA), partition, plan.field(PERIOD))));
    }
    List<String> kept = new ArrayList<>(keys());
    kept.addAll(deltas());
    kept.addAll(rateFields());
    plan.project(kept, states);
    plan.filter(plan.isPositive(plan.field(PERIOD)));
  }

  // ---- measures ----

  private RelNode pushMeasures() {
    List<String> key = new ArrayList<>(context.dimensionFields());
    key.add(PERIOD);
    List<Named> values = new ArrayList<>();
    for (StateMeasure measure : measures) {
      values.add(new Named(measure.field(), value(measure)));
      if (measure.isAmount() && currency().isPresent()) {
        values.add(new Named(unknown(measure), plan.one(rateIsMissing(measure))));
      }
    }
    plan.project(key, values);
    if (currency().isPresent()) {
      plan.sums(key, values.stream().map(Named::name).toList());
      plan.project(key, measures.stream().map(this::knownValue).toList());
    }
    return plan.build();
  }

  private RexNode value(StateMeasure measure) {
    return switch (measure) {
      case CLOSING_AMOUNT -> converted(plan.field(STATE), CLOSING_RATE);
      case OPENING_AMOUNT -> converted(openingState(), OPENING_RATE);
      case CLOSING_ENTITIES -> plan.field(ENTITY_STATE);
      case OPENING_ENTITIES -> plan.minus(plan.field(ENTITY_STATE), plan.field(ENTITY_DELTA));
      case PRESENT_ENTITIES ->
          plan.plus(
              plan.minus(plan.field(ENTITY_STATE), plan.field(ENTITY_DELTA)), plan.field(APPEARED));
    };
  }

  private RexNode openingState() {
    return plan.minus(plan.field(STATE), plan.field(DELTA));
  }

  private RexNode converted(RexNode nativeAmount, String rate) {
    return currency().isPresent() ? plan.times(nativeAmount, plan.field(rate)) : nativeAmount;
  }

  /** A sum skips nulls: an amount without a rate would vanish in silence. */
  private RexNode rateIsMissing(StateMeasure measure) {
    boolean opening = measure == StateMeasure.OPENING_AMOUNT;
    RexNode state = opening ? openingState() : plan.field(STATE);
    return plan.call(
        SqlStdOperatorTable.AND,
        plan.call(SqlStdOperatorTable.IS_NULL, plan.field(opening ? OPENING_RATE : CLOSING_RATE)),
        plan.call(SqlStdOperatorTable.NOT_EQUALS, state, plan.number(0)));
  }

  private Named knownValue(StateMeasure measure) {
    RexNode value = plan.field(measure.field());
    if (!measure.isAmount()) {
      return new Named(measure.field(), value);
    }
    RexNode missing = plan.isPositive(plan.field(unknown(measure)));
    return new Named(measure.field(), plan.choose(missing, plan.nullOf(value.getType()), value));
  }

  private static String unknown(StateMeasure measure) {
    return measure.field() + "_without_rate";
  }

  private static List<Named> concat(List<Named> a, List<Named> b) {
    List<Named> all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }
}
