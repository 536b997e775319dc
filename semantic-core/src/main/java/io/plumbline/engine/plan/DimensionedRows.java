package io.plumbline.engine.plan;

import io.plumbline.definitions.Join;
import io.plumbline.definitions.SemanticTable.DimensionReference;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.catalog.CompiledDataset;
import io.plumbline.engine.catalog.CompiledDataset.CompiledExclusion;
import io.plumbline.engine.catalog.CompiledModel;
import io.plumbline.engine.catalog.SemanticColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Rows of a dataset with the dimensions of a query beside them, excluded and filtered:
 *
 * <pre>
 *   Project(own columns, g0..gk)
 *     Filter(the query's filters on entities)
 *       Join*(relations that the query joined)
 *         Filter(not excluded)
 *           Join*(datasets on declared keys: never multiplies rows)
 *             dataset
 * </pre>
 */
final class DimensionedRows {

  private final PlanBuilder plan;
  private final DatasetRows datasets;
  private final CompiledModel model;

  DimensionedRows(PlanBuilder plan, DatasetRows datasets, CompiledModel model) {
    this.plan = plan;
    this.datasets = datasets;
    this.model = model;
  }

  /** Pushes the rows: some own columns under their names, then the dimensions of the context. */
  void push(CompiledDataset dataset, List<String> own, EvaluationContext context) {
    new Push(dataset, context).push(own);
  }

  /** Whether an expression of the context reads only columns of a dataset. */
  static boolean reads(EvaluationContext context, RexNode expression, String dataset) {
    return RelOptUtil.InputFinder.bits(expression).toList().stream()
        .allMatch(
            i ->
                context.base().column(i).stream()
                    .anyMatch(
                        c ->
                            c instanceof SemanticColumn.Dimensional d
                                && d.reference().dataset().equals(dataset)));
  }

  /** Whether a dataset reaches a dimension: it is its own, or one of a joined dataset. */
  static boolean reaches(CompiledDataset dataset, DimensionReference reference) {
    return dataset.definition().name().equals(reference.dataset())
        || dataset.definition().join(reference.dataset()).isPresent();
  }

  private final class Push {
    private final CompiledDataset dataset;
    private final EvaluationContext context;
    private final Map<String, List<String>> columns = new LinkedHashMap<>();
    private final Map<String, Integer> offsets = new LinkedHashMap<>();
    private int joinedOffset;

    Push(CompiledDataset dataset, EvaluationContext context) {
      this.dataset = dataset;
      this.context = context;
    }

    private String name() {
      return dataset.definition().name();
    }

    void push(List<String> own) {
      collectColumns(own);
      datasets.push(dataset, columns.get(name()));
      offsets.put(name(), 0);
      joinDatasets();
      dataset.exclusions().forEach(this::exclude);
      joinRelations();
      context.filters().forEach(this::filter);
      List<PlanBuilder.Named> fields = new ArrayList<>();
      own.forEach(column -> fields.add(new PlanBuilder.Named(column, fieldOf(name(), column))));
      for (int i = 0; i < context.dimensions().size(); i++) {
        fields.add(
            new PlanBuilder.Named(
                context.dimensionFields().get(i), moved(context.dimensions().get(i))));
      }
      plan.project(List.of(), fields);
    }

    // ---- which columns ----

    private void collectColumns(List<String> own) {
      own.forEach(column -> need(name(), column));
      context.dimensions().forEach(this::collectReferences);
      context.filters().forEach(this::collectReferences);
      context.base().joined().forEach(joined -> collectReferences(joined.condition()));
      for (CompiledExclusion exclusion : dataset.exclusions()) {
        exclusionColumns(exclusion).forEach(c -> need(c.dataset(), c.column()));
      }
      for (String joined : List.copyOf(columns.keySet())) {
        if (!joined.equals(name())) {
          Join join = dataset.definition().join(joined).orElseThrow();
          join.columns().forEach(column -> need(name(), column));
          join.target().forEach(column -> need(joined, column));
        }
      }
    }

    private void need(String datasetName, String column) {
      List<String> needed = columns.computeIfAbsent(datasetName, d -> new ArrayList<>());
      if (!needed.contains(column)) {
        needed.add(column);
      }
    }

    private void collectReferences(RexNode expression) {
      Set<Integer> fields = new LinkedHashSet<>(RelOptUtil.InputFinder.bits(expression).toList());
      for (int field : fields) {
        if (context.base().column(field).orElse(null) instanceof SemanticColumn.Dimensional d) {
          if (!reaches(dataset, d.reference())) {
            throw unsupported(d);
          }
          need(d.reference().dataset(), d.dimension().column());
        }
      }
    }

    private Refusal unsupported(SemanticColumn.Dimensional dimension) {
      List<String> supported =
          context.base().table().columns().stream()
              .filter(SemanticColumn.Dimensional.class::isInstance)
              .map(SemanticColumn.Dimensional.class::cast)
              .filter(d -> reaches(dataset, d.reference()))
              .map(SemanticColumn::name)
              .toList();
      return new Refusal(
          SqlState.UNDEFINED_COLUMN,
          "the metrics over "
              + name()
              + " do not have the dimension '"
              + dimension.name()
              + "'. They have: "
              + String.join(", ", supported),
          dimension.name());
    }

    private record DatasetColumn(String dataset, String column) {}

    private List<DatasetColumn> exclusionColumns(CompiledExclusion exclusion) {
      return RelOptUtil.InputFinder.bits(exclusion.condition()).toList().stream()
          .map(i -> exclusionColumn(exclusion, i))
          .toList();
    }

    /** An exclusion counts its fields through the own dataset and then the joined ones. */
    private DatasetColumn exclusionColumn(CompiledExclusion exclusion, int field) {
      List<String> names = new ArrayList<>();
      names.add(name());
      names.addAll(exclusion.joined());
      int left = field;
      for (String datasetName : names) {
        var all = model.dataset(datasetName).definition().columns();
        if (left < all.size()) {
          return new DatasetColumn(datasetName, all.get(left).name());
        }
        left -= all.size();
      }
      throw new IllegalStateException("exclusion " + exclusion.label() + " has no field " + field);
    }

    // ---- joins and filters ----

    private void joinDatasets() {
      columns.forEach(
          (target, needed) -> {
            if (!target.equals(name())) {
              int offset = width();
              datasets.push(model.dataset(target), needed);
              Join join = dataset.definition().join(target).orElseThrow();
              List<RexNode> conditions = new ArrayList<>();
              for (int i = 0; i < join.columns().size(); i++) {
                conditions.add(
                    plan.call(
                        SqlStdOperatorTable.EQUALS,
                        plan.relBuilder()
                            .field(2, 0, columns.get(name()).indexOf(join.columns().get(i))),
                        plan.relBuilder().field(2, 1, needed.indexOf(join.target().get(i)))));
              }
              plan.relBuilder().join(JoinRelType.LEFT, conditions);
              offsets.put(target, offset);
            }
          });
      joinedOffset = width();
    }

    private int width() {
      return plan.relBuilder().peek().getRowType().getFieldCount();
    }

    private void exclude(CompiledExclusion exclusion) {
      RexNode condition =
          exclusion
              .condition()
              .accept(
                  new RexShuttle() {
                    @Override
                    public RexNode visitInputRef(RexInputRef ref) {
                      DatasetColumn column = exclusionColumn(exclusion, ref.getIndex());
                      return fieldOf(column.dataset(), column.column());
                    }
                  });
      plan.filter(plan.call(SqlStdOperatorTable.IS_NOT_TRUE, condition));
    }

    private void joinRelations() {
      for (BaseRow.Joined joined : context.base().joined()) {
        int leftWidth = width();
        plan.push(joined.relation());
        List<RelDataTypeField> left = plan.relBuilder().peek(1).getRowType().getFieldList();
        List<RelDataTypeField> right = plan.relBuilder().peek(0).getRowType().getFieldList();
        IntFunction<RexNode> fields =
            i -> {
              int position = position(i);
              return position < leftWidth
                  ? new RexInputRef(position, left.get(position).getType())
                  : new RexInputRef(position, right.get(position - leftWidth).getType());
            };
        RexNode condition = joined.condition().accept(shuttle(Set.of(), fields));
        plan.relBuilder().join(joined.type(), condition);
      }
    }

    private void filter(RexNode condition) {
      Set<CorrelationId> ids = Correlations.outerVariables(condition);
      plan.relBuilder().filter(ids, moved(condition));
    }

    /** An expression over the base row, over the row on top of the builder. */
    private RexNode moved(RexNode expression) {
      return expression.accept(
          shuttle(
              Correlations.outerVariables(expression), i -> plan.relBuilder().field(position(i))));
    }

    private Correlations shuttle(Set<CorrelationId> ids, IntFunction<RexNode> fields) {
      return new Correlations(
          plan.rexBuilder(), ids, plan.relBuilder().peek().getRowType(), fields);
    }

    /** Where a field of the base row stands. */
    private int position(int baseField) {
      if (baseField >= context.base().tableWidth()) {
        return joinedOffset + baseField - context.base().tableWidth();
      }
      if (context.base().column(baseField).orElse(null) instanceof SemanticColumn.Dimensional d) {
        return position(d.reference().dataset(), d.dimension().column());
      }
      throw new IllegalStateException("field " + baseField + " is no dimension");
    }

    private int position(String datasetName, String column) {
      return offsets.get(datasetName) + columns.get(datasetName).indexOf(column);
    }

    private RexNode fieldOf(String datasetName, String column) {
      return plan.relBuilder().field(position(datasetName, column));
    }
  }
}
