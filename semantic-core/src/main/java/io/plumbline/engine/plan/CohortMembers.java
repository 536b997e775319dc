package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.CurrencyRates.CURRENCY;
import static io.plumbline.engine.plan.StateChanges.DELTA;
import static io.plumbline.engine.plan.StateChanges.ENTITY;

import io.plumbline.definitions.Metric;
import io.plumbline.definitions.Metric.Cohort.Begin;
import io.plumbline.engine.catalog.CompiledDataset;
import io.plumbline.engine.catalog.CompiledModel;
import io.plumbline.engine.plan.PlanBuilder.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;

/**
 * What changed of each entity month by month, beside the cohort that it belongs to: its first month
 * with a state, or that of its sign-up.
 *
 * <p>By dimensions that change over time entities are followed as a whole, and stand for ever under
 * the values at the instant at which they began: a cohort loses no member to another.
 */
final class CohortMembers {

  /** In which month something changed. */
  static final String CHANGED = "changed_in";

  /** The number of the month with which the cohort begins. */
  static final String COHORT = "cohort";

  private static final String SIGNED_UP = "signed_up_in";
  private static final String BEGAN = "began_at";

  private final PlanBuilder plan;
  private final CompiledModel model;
  private final StateParts parts;
  private final Metric.Cohort metric;
  private final StateSource source;
  private final EvaluationContext context;
  private final EvaluationContext followed;
  private final boolean readsHistory;

  CohortMembers(
      PlanBuilder plan,
      CompiledModel model,
      StateParts parts,
      Metric.Cohort metric,
      StateSource source,
      EvaluationContext context) {
    this.plan = plan;
    this.model = model;
    this.parts = parts;
    this.metric = metric;
    this.source = source;
    this.context = context;
    this.readsHistory = DimensionedRows.readsHistory(context);
    this.followed = readsHistory ? context.ofEveryone() : context;
  }

  /** The rows that tell when entities signed up; empty if that does not make the cohorts. */
  static Optional<EventSource> signups(Metric.Cohort metric, CompiledModel model) {
    if (metric.begin() == Begin.FIRST_POSITIVE) {
      return Optional.empty();
    }
    CompiledDataset home = Members.entityDataset(model.dataset(metric.state().dataset()), model);
    return Optional.of(
        new EventSource(home.definition().name(), home.definition().time().orElseThrow()));
  }

  /** Pushes (dimensions, entity, currency, cohort, month, delta). */
  void push() {
    pushChanges();
    Optional<EventSource> signups = signups(metric, model);
    if (signups.isPresent()) {
      RexNode unknown = plan.nullOf(plan.integer());
      plan.project(fields(CHANGED, DELTA, BEGAN), List.of(new Named(SIGNED_UP, unknown)));
      RelNode changes = plan.build();
      pushSignups(signups.get(), changes);
      plan.unionAll(List.of(changes, plan.build()));
    }
    pushCohorts();
    if (readsHistory) {
      new HistoricalPieces(plan, parts, source, context).join(context.spine().bounds());
      plan.filter(heldAtTheBeginning());
      plan.project(
          Stream.concat(
                  context.dimensionFields().stream(),
                  Stream.of(ENTITY, CURRENCY, COHORT, CHANGED, DELTA))
              .toList(),
          List.of());
    }
  }

  /** The fields of an entity's rows; where no history is read it does not matter when it began. */
  private List<String> fields(String... others) {
    List<String> all = new ArrayList<>(followed.dimensionFields());
    all.addAll(List.of(ENTITY, CURRENCY));
    all.addAll(List.of(others));
    if (!readsHistory) {
      all.remove(BEGAN);
    }
    return all;
  }

  private void pushChanges() {
    new StateChanges(plan, parts, source, followed).push();
    RexNode at = plan.field(StateChanges.AT);
    List<Named> fields = new ArrayList<>();
    fields.add(
        new Named(
            CURRENCY,
            source.currency().isPresent()
                ? plan.field(CURRENCY)
                : plan.text(CurrencyRates.BASE_CURRENCY)));
    fields.add(new Named(CHANGED, Bucket.ofInstant(plan, at, context.spine())));
    fields.add(new Named(DELTA, plan.field(DELTA)));
    if (readsHistory) {
      fields.add(new Named(BEGAN, at));
    }
    List<String> kept = new ArrayList<>(followed.dimensionFields());
    kept.add(ENTITY);
    plan.project(kept, fields);
    RelBuilder builder = plan.relBuilder();
    List<RelBuilder.AggCall> calls = new ArrayList<>();
    calls.add(builder.aggregateCall(SqlStdOperatorTable.SUM, plan.field(DELTA)).as(DELTA));
    if (readsHistory) {
      calls.add(builder.aggregateCall(SqlStdOperatorTable.MIN, plan.field(BEGAN)).as(BEGAN));
    }
    builder.aggregate(builder.groupKey(plan.fields(fields(CHANGED))), calls);
  }

  /** A sign-up changes nothing; it tells the month of an entity that may never have a state. */
  private void pushSignups(EventSource signups, RelNode changes) {
    CompiledDataset home = model.dataset(signups.dataset());
    String key = home.definition().entity().orElseThrow().column();
    String time = signups.time();
    parts.rows().push(home, List.of(key, time), new RowTime.At(time), followed);
    Spine spine = context.spine();
    RexNode month = Bucket.of(plan, plan.field(time), spine.bounds(), spine.zone());
    List<Named> own = new ArrayList<>();
    own.add(new Named(ENTITY, plan.field(key)));
    own.add(new Named(CHANGED, month));
    own.add(new Named(BEGAN, Histories.instant(plan, plan.field(time), context)));
    plan.project(followed.dimensionFields(), own);
    plan.filter(
        plan.isPositive(plan.field(CHANGED)),
        plan.call(
            SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
            plan.field(CHANGED),
            plan.number(spine.periods().size())));
    List<Named> fields = new ArrayList<>();
    fields.add(new Named(CURRENCY, plan.text(CurrencyRates.BASE_CURRENCY)));
    fields.add(new Named(CHANGED, plan.field(CHANGED)));
    fields.add(new Named(DELTA, cast(plan.number(0), changes, DELTA)));
    if (readsHistory) {
      fields.add(new Named(BEGAN, cast(plan.field(BEGAN), changes, BEGAN)));
    }
    fields.add(new Named(SIGNED_UP, plan.field(CHANGED)));
    List<String> kept = new ArrayList<>(followed.dimensionFields());
    kept.add(ENTITY);
    plan.project(kept, fields);
  }

  private RexNode cast(RexNode value, RelNode changes, String field) {
    RelDataType type = changes.getRowType().getField(field, true, false).getType();
    return plan.rexBuilder().makeAbstractCast(type, value, false);
  }

  /** The cohort of each entity; what changed before it counts from its first month. */
  private void pushCohorts() {
    List<RexNode> entity = List.of(plan.field(ENTITY));
    boolean byState = metric.begin() == Begin.FIRST_POSITIVE;
    RexNode cohort =
        byState
            ? plan.minWithin(plan.field(CHANGED), entity)
            : plan.maxWithin(plan.field(SIGNED_UP), entity);
    List<Named> first = new ArrayList<>(List.of(new Named(COHORT, cohort)));
    if (readsHistory) {
      RexNode began = byState ? plan.field(BEGAN) : ofSignup(plan.field(BEGAN));
      first.add(new Named(BEGAN, plan.minWithin(began, entity)));
    }
    plan.project(fields(CHANGED, DELTA), first);
    plan.filter(plan.call(SqlStdOperatorTable.IS_NOT_NULL, plan.field(COHORT)));
    RexNode changed =
        plan.call(SqlLibraryOperators.GREATEST_PG, plan.field(CHANGED), plan.field(COHORT));
    plan.project(fields(COHORT, DELTA, BEGAN), List.of(new Named(CHANGED, changed)));
  }

  private RexNode ofSignup(RexNode began) {
    return plan.choose(
        plan.call(SqlStdOperatorTable.IS_NOT_NULL, plan.field(SIGNED_UP)),
        began,
        plan.nullOf(began.getType()));
  }

  private RexNode heldAtTheBeginning() {
    RexNode began = plan.field(BEGAN);
    return plan.call(
        SqlStdOperatorTable.AND,
        plan.call(
            SqlStdOperatorTable.LESS_THAN_OR_EQUAL, plan.field(HistoricalPieces.SINCE), began),
        plan.call(SqlStdOperatorTable.LESS_THAN, began, plan.field(HistoricalPieces.UNTIL)));
  }
}
