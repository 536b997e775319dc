package io.plumbline.engine.plan;

import io.plumbline.engine.SqlState;
import io.plumbline.engine.catalog.SemanticCatalogTable;
import io.plumbline.engine.plan.SemanticRelation.Limit;
import io.plumbline.engine.plan.SemanticRelation.Output;
import io.plumbline.engine.sql.MetricOperators;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * The rows of a semantic relation at the top of a query, where nothing aggregates:
 *
 * <ul>
 *   <li>metrics with at most one time column and no entity key are evaluated as if the query had
 *       grouped by what it selects;
 *   <li>anything wider, such as {@code select *}, is a preview of the last complete month, for
 *       clients that limit their rows.
 * </ul>
 */
final class TopLevel {

  /** The most rows of a preview. */
  static final int PREVIEW_ROWS = 1000;

  private final PlanBuilder plan;
  private final BiFunction<Aggregate, SemanticRelation, AggregateLowering> lowering;
  private final BiFunction<Aggregate, SemanticRelation, RelNode> lower;
  private final Consumer<String> needsRowLimit;
  private final Supplier<List<String>> views;

  /**
   * @param lowering for previews of periods
   * @param lower evaluates an Aggregate
   * @param needsRowLimit told why a preview is refused, unless the client limits its rows
   * @param views of a fixed grain that may be named
   */
  TopLevel(
      PlanBuilder plan,
      BiFunction<Aggregate, SemanticRelation, AggregateLowering> lowering,
      BiFunction<Aggregate, SemanticRelation, RelNode> lower,
      Consumer<String> needsRowLimit,
      Supplier<List<String>> views) {
    this.plan = plan;
    this.lowering = lowering;
    this.lower = lower;
    this.needsRowLimit = needsRowLimit;
    this.views = views;
  }

  RelNode evaluate(SemanticRelation relation, RelNode original) {
    if (isEmpty(relation)) {
      return LogicalValues.createEmpty(original.getCluster(), original.getRowType());
    }
    RelNode rows = isWide(relation) ? preview(relation, original) : narrow(relation, original);
    return cut(rows, relation);
  }

  /** {@code WHERE 1 = 0} and {@code LIMIT 0}: tools ask so for the columns. */
  private static boolean isEmpty(SemanticRelation relation) {
    return relation.filters().stream().anyMatch(RexNode::isAlwaysFalse)
        || fetch(relation).filter(rows -> rows == 0).isPresent();
  }

  private static Optional<Integer> fetch(SemanticRelation relation) {
    return relation
        .limit()
        .flatMap(Limit::fetch)
        .filter(RexLiteral.class::isInstance)
        .map(RexLiteral::intValue);
  }

  private boolean isWide(SemanticRelation relation) {
    if (!relation.hasMetrics()) {
      return false;
    }
    Set<TimeColumn> time = EnumSet.noneOf(TimeColumn.class);
    boolean entityKey = false;
    for (Output output : relation.outputs()) {
      if (output instanceof Output.Plain plain) {
        for (int i : RelOptUtil.InputFinder.bits(plain.expression())) {
          relation.base().time(i).filter(t -> t.grain().isPresent()).ifPresent(time::add);
          entityKey |=
              relation
                  .base()
                  .table()
                  .entityKey()
                  .map(k -> relation.base().column(i).filter(k::equals).isPresent())
                  .orElse(false);
        }
      }
    }
    return entityKey || time.size() > 1;
  }

  // ---- evaluated at the grain of what is selected ----

  private RelNode narrow(SemanticRelation relation, RelNode original) {
    SemanticRelation uncut = uncut(relation);
    return inOriginalOrder(lower.apply(grouped(uncut, original), uncut), relation, original);
  }

  private static SemanticRelation uncut(SemanticRelation relation) {
    return new SemanticRelation(
        relation.base(),
        relation.outputs(),
        relation.filters(),
        RelCollations.EMPTY,
        Optional.empty());
  }

  /** The Aggregate that the query could have had. */
  private Aggregate grouped(SemanticRelation relation, RelNode original) {
    List<Integer> keys = new ArrayList<>();
    List<AggregateCall> calls = new ArrayList<>();
    for (int i = 0; i < relation.outputs().size(); i++) {
      if (relation.outputs().get(i) instanceof Output.Plain) {
        keys.add(i);
      } else {
        calls.add(
            AggregateCall.create(
                MetricOperators.AGGREGATE,
                false,
                false,
                false,
                List.of(),
                List.of(i),
                -1,
                null,
                RelCollations.EMPTY,
                original.getRowType().getFieldList().get(i).getType(),
                original.getRowType().getFieldNames().get(i)));
      }
    }
    RelNode input = LogicalValues.createEmpty(original.getCluster(), original.getRowType());
    return LogicalAggregate.create(input, List.of(), ImmutableBitSet.of(keys), null, calls);
  }

  private RelNode inOriginalOrder(RelNode grouped, SemanticRelation relation, RelNode original) {
    int keys = (int) relation.outputs().stream().filter(Output.Plain.class::isInstance).count();
    int key = 0;
    int call = keys;
    plan.push(grouped);
    List<RexNode> fields = new ArrayList<>();
    for (int i = 0; i < relation.outputs().size(); i++) {
      int position = relation.outputs().get(i) instanceof Output.Plain ? key++ : call++;
      RexNode field = plan.relBuilder().field(position);
      var type = original.getRowType().getFieldList().get(i).getType();
      fields.add(
          field.getType().equals(type)
              ? field
              : plan.rexBuilder().makeAbstractCast(type, field, false));
    }
    plan.relBuilder().project(fields, original.getRowType().getFieldNames(), true);
    return plan.build();
  }

  private RelNode cut(RelNode rows, SemanticRelation relation) {
    RexNode offset = relation.limit().flatMap(Limit::offset).orElse(null);
    RexNode fetch = relation.limit().flatMap(Limit::fetch).orElse(null);
    if (relation.collation().getFieldCollations().isEmpty() && offset == null && fetch == null) {
      return rows;
    }
    return LogicalSort.create(rows, relation.collation(), offset, fetch);
  }

  // ---- preview ----

  private RelNode preview(SemanticRelation relation, RelNode original) {
    if (relation.limit().flatMap(Limit::fetch).orElse(null) instanceof RexDynamicParam) {
      throw new ParameterNeededException();
    }
    Optional<Integer> rows = fetch(relation);
    if (rows.isPresent() && rows.get() > PREVIEW_ROWS) {
      throw tooWide(relation.base().table());
    }
    if (rows.isEmpty()) {
      needsRowLimit.accept(String.valueOf(tooWide(relation.base().table()).getMessage()));
    }
    SemanticRelation uncut = uncut(relation);
    RelNode month = lowering.apply(grouped(uncut, original), uncut).lastCompleteMonth().lower();
    return inOriginalOrder(month, relation, original);
  }

  /** Rows at account level would be added up to wrong totals. */
  private Refusal tooWide(SemanticCatalogTable table) {
    String name = "metrics." + table.definition().name();
    List<String> named = views.get();
    return new Refusal(
        SqlState.GROUPING_ERROR,
        "rows of "
            + name
            + " at this level would add up to wrong totals. Group them: select month, aggregate("
            + table.metricNames().get(0)
            + ") from "
            + name
            + " group by month"
            + (named.isEmpty() ? "" : ". Views of fixed grain: " + String.join(", ", named))
            + ". For a preview of the last complete month add LIMIT up to "
            + PREVIEW_ROWS);
  }
}
