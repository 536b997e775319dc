package io.plumbline.engine.plan;

import io.plumbline.definitions.Dimension;
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
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Stream;
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

  /**
   * Pushes the rows: some own columns under their names, then the dimensions of the context.
   *
   * @param time to which time the rows belong; an interval is cut where a historical dimension
   *     changes
   */
  void push(CompiledDataset dataset, List<String> own, RowTime time, EvaluationContext context) {
    new Push(dataset, time, context).push(own);
  }

  /**
   * Whether an expression of the context reads only lasting columns of a dataset, none historical.
   */
  static boolean reads(EvaluationContext context, RexNode expression, String dataset) {
    return Correlations.fields(expression).toList().stream()
        .allMatch(
            i ->
                context.base().column(i).stream()
                    .anyMatch(
                        c ->
                            c instanceof SemanticColumn.Dimensional d
                                && d.dimension().history().isEmpty()
                                && d.reference().dataset().equals(dataset)));
  }

  /** Whether a context is grouped or filtered by a historical dimension. */
  static boolean readsHistory(EvaluationContext context) {
    return Stream.concat(context.dimensions().stream(), context.filters().stream())
        .flatMap(expression -> Correlations.fields(expression).toList().stream())
        .flatMap(field -> context.base().column(field).stream())
        .anyMatch(
            column ->
                column instanceof SemanticColumn.Dimensional d
                    && d.dimension().history().isPresent());
  }

  /** Whether an expression of the context reads only columns of a dataset, historical or not. */
  static boolean isOf(EvaluationContext context, RexNode expression, String dataset) {
    return Correlations.fields(expression).toList().stream()
        .allMatch(
            i ->
                context.base().column(i).orElse(null) instanceof SemanticColumn.Dimensional d
                    && d.reference().dataset().equals(dataset));
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
    private final HistoryJoins histories;
    private final RowTime time;
    private final Conformed conformed;
    private int joinedOffset;

    Push(CompiledDataset dataset, RowTime time, EvaluationContext context) {
      this.dataset = dataset;
      this.time = time;
      this.context = context;
      this.conformed = new Conformed(dataset);
      this.histories =
          new HistoryJoins(
              plan, datasets, model, time, context, column -> position(name(), column));
    }

    private String name() {
      return dataset.definition().name();
    }

    void push(List<String> own) {
      collectColumns(own);
      datasets.push(dataset, columns.get(name()), context.settings().knownAt());
      offsets.put(name(), 0);
      joinDatasets();
      dataset.exclusions().forEach(this::exclude);
      dataset.definition().entity().ifPresent(entity -> histories.join(entity.column()));
      joinedOffset = width();
      joinRelations();
      context.filters().forEach(this::filter);
      List<PlanBuilder.Named> fields = new ArrayList<>();
      own.forEach(column -> fields.add(new PlanBuilder.Named(column, ownField(column))));
      if (time instanceof RowTime.Pieces pieces) {
        fields.add(new PlanBuilder.Named(pieces.from(), histories.cut(true)));
        fields.add(new PlanBuilder.Named(pieces.to(), histories.cut(false)));
      }
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
      Set<Integer> fields = new LinkedHashSet<>(Correlations.fields(expression).toList());
      for (int field : fields) {
        if (context.base().column(field).orElse(null) instanceof SemanticColumn.Classified c) {
          throw new Refusal(
              SqlState.FEATURE_NOT_SUPPORTED,
              c.name()
                  + " is computed from the metrics of each entity; it can be grouped by and"
                  + " filtered on beside aggregate(...), and stand in nothing else",
              c.name());
        }
        if (context.base().column(field).orElse(null) instanceof SemanticColumn.Dimensional d) {
          Optional<Dimension> own = conformed.dimension(d);
          if (own.isEmpty() && !reaches(dataset, d.reference())) {
            throw unsupported(d);
          }
          needDimension(
              own.isPresent() ? name() : d.reference().dataset(), own.orElse(d.dimension()));
        }
      }
    }

    private void needDimension(String datasetName, Dimension dimension) {
      if (history(datasetName, dimension).isPresent()) {
        histories.need(dimension.history().get());
        need(name(), dataset.definition().entity().orElseThrow().column());
      } else {
        need(datasetName, datasets.shown(datasetName, dimension.column()));
      }
    }

    /** Where the current value is masked, the earlier ones are not shown in its place. */
    private Optional<Dimension.History> history(String datasetName, Dimension dimension) {
      return dimension
          .history()
          .filter(h -> datasets.shown(datasetName, dimension.column()).equals(dimension.column()));
    }

    private Refusal unsupported(SemanticColumn.Dimensional dimension) {
      List<String> supported =
          context.base().table().columns().stream()
              .filter(SemanticColumn.Dimensional.class::isInstance)
              .map(SemanticColumn.Dimensional.class::cast)
              .filter(d -> reaches(dataset, d.reference()) || conformed.dimension(d).isPresent())
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
              datasets.push(model.dataset(target), needed, context.settings().knownAt());
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
    }

    private int width() {
      return plan.relBuilder().peek().getRowType().getFieldCount();
    }

    /**
     * A column as it is, or the bound of a row's interval: an instant, cut to that of its
     * historical values.
     */
    private RexNode ownField(String column) {
      if (time instanceof RowTime.Interval interval) {
        if (column.equals(interval.from())) {
          return histories.cut(true);
        }
        if (column.equals(interval.to())) {
          return histories.cut(false);
        }
      }
      return fieldOf(name(), column);
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
      if (ids.isEmpty()) {
        plan.filter(moved(condition));
      } else {
        plan.relBuilder().filter(ids, moved(condition));
      }
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
        Optional<Dimension> own = conformed.dimension(d);
        Dimension dimension = own.orElse(d.dimension());
        String home = own.isPresent() ? name() : d.reference().dataset();
        return history(home, dimension)
            .map(histories::valueOf)
            .orElseGet(() -> shownPosition(home, dimension.column()));
      }
      throw new IllegalStateException("field " + baseField + " is no dimension");
    }

    private int shownPosition(String datasetName, String column) {
      return position(datasetName, datasets.shown(datasetName, column));
    }

    private int position(String datasetName, String column) {
      return offsets.get(datasetName) + columns.get(datasetName).indexOf(column);
    }

    private RexNode fieldOf(String datasetName, String column) {
      return plan.relBuilder().field(position(datasetName, column));
    }
  }
}
