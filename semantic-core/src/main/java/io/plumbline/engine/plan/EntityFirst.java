package io.plumbline.engine.plan;

import io.plumbline.engine.catalog.CompiledDataset;
import io.plumbline.engine.catalog.CompiledModel;
import io.plumbline.engine.catalog.SemanticColumn;
import io.plumbline.engine.plan.PlanBuilder.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Where a query groups by the key of the entity, dimensions that depend on nothing but the entity
 * need not be grouped by: they are put beside the values afterwards.
 *
 * <pre>
 *   values by (key, name, country, manager then)
 *     =>  Project(key, name, country, manager then, period, values)
 *           LeftJoin(key)
 *             values by (key, manager then)
 *             entities (key, name, country)
 * </pre>
 *
 * Millions of rows are grouped and sorted by a number instead of a number and a dozen texts.
 */
final class EntityFirst {

  private final PlanBuilder plan;
  private final DimensionedRows rows;
  private final CompiledDataset entities;
  private final EvaluationContext context;
  private final int key;
  private final List<Integer> later;

  /**
   * @param key which dimension is the key of the entity
   * @param later which dimensions are put beside the values afterwards
   */
  private EntityFirst(
      PlanBuilder plan,
      DimensionedRows rows,
      CompiledDataset entities,
      EvaluationContext context,
      int key,
      List<Integer> later) {
    this.plan = plan;
    this.rows = rows;
    this.entities = entities;
    this.context = context;
    this.key = key;
    this.later = List.copyOf(later);
  }

  /**
   * The way of a context, if it has dimensions that can wait.
   *
   * @param changes in which other contexts metrics are evaluated for its cells
   */
  static Optional<EntityFirst> of(
      PlanBuilder plan,
      DimensionedRows rows,
      DatasetRows datasets,
      CompiledModel model,
      EvaluationContext context,
      Set<List<ContextChange>> changes) {
    Optional<SemanticColumn.Dimensional> column = context.base().table().entityKey();
    if (column.isEmpty()
        || context.groupsByClass()
        || !context.base().joined().isEmpty()
        || !changes.stream().flatMap(List::stream).allMatch(EntityFirst::keepsOrDropsAll)) {
      return Optional.empty();
    }
    String name = column.get().reference().dataset();
    CompiledDataset entities = model.dataset(name);
    int key = keyOf(context, column.get());
    if (key < 0 || !identifies(entities, column.get(), datasets)) {
      return Optional.empty();
    }
    List<Integer> later =
        IntStream.range(0, context.dimensions().size())
            .filter(i -> i != key && waits(context.dimensions().get(i), name, model, context))
            .boxed()
            .toList();
    return later.isEmpty()
        ? Optional.empty()
        : Optional.of(new EntityFirst(plan, rows, entities, context, key, later));
  }

  /** A change that looked at single dimensions would not find those that wait. */
  private static boolean keepsOrDropsAll(ContextChange change) {
    return change instanceof ContextChange.Where
        || change instanceof ContextChange.Earlier
        || change instanceof ContextChange.OnDay
        || change instanceof ContextChange.Ungrouped
        || change instanceof ContextChange.OfEveryone;
  }

  private static int keyOf(EvaluationContext context, SemanticColumn.Dimensional column) {
    int field = context.base().table().columns().indexOf(column);
    return IntStream.range(0, context.dimensions().size())
        .filter(
            i -> context.dimensions().get(i) instanceof RexInputRef ref && ref.getIndex() == field)
        .findFirst()
        .orElse(-1);
  }

  /** Whether the key is seen as it is and has one row, in every version of the data. */
  private static boolean identifies(
      CompiledDataset entities, SemanticColumn.Dimensional column, DatasetRows datasets) {
    String key = column.dimension().column();
    return entities.definition().primaryKey().equals(List.of(key))
        && entities.definition().versions().isEmpty()
        && datasets.shown(entities.definition().name(), key).equals(key);
  }

  /** Some datasets answer to a dimension of the entity with a column of their own. */
  private static boolean waits(
      RexNode dimension, String entities, CompiledModel model, EvaluationContext context) {
    return !Correlations.fields(dimension).isEmpty()
        && Correlations.outerVariables(dimension).isEmpty()
        && DimensionedRows.reads(context, dimension, entities)
        && model.datasets().values().stream()
            .noneMatch(dataset -> new Conformed(dataset).isRead(dimension, context));
  }

  /** What is evaluated first: the same without the dimensions that wait. */
  EvaluationContext first() {
    return context.withDimensions(
        IntStream.range(0, context.dimensions().size())
            .filter(i -> !later.contains(i))
            .mapToObj(context.dimensions()::get)
            .toList());
  }

  /**
   * All dimensions, the period and the fields.
   *
   * @param values rows of the context {@link #first}
   */
  RelNode withAll(RelNode values) {
    int width = values.getRowType().getFieldCount();
    int before = first().dimensions().size();
    List<String> names = values.getRowType().getFieldNames().subList(before, width);
    plan.push(values);
    pushEntities();
    int placeOfKey = key - (int) later.stream().filter(i -> i < key).count();
    plan.relBuilder()
        .join(
            JoinRelType.LEFT,
            plan.call(
                SqlStdOperatorTable.EQUALS,
                plan.relBuilder().field(2, 0, placeOfKey),
                plan.relBuilder().field(2, 1, 0)));
    List<Named> fields = new ArrayList<>();
    int own = 0;
    for (int i = 0; i < context.dimensions().size(); i++) {
      int place = later.contains(i) ? width + 1 + later.indexOf(i) : own++;
      fields.add(new Named(context.dimensionFields().get(i), plan.relBuilder().field(place)));
    }
    for (int i = 0; i < names.size(); i++) {
      fields.add(new Named(names.get(i), plan.relBuilder().field(before + i)));
    }
    plan.project(List.of(), fields);
    return plan.build();
  }

  /** (key, the dimensions that waited) */
  private void pushEntities() {
    rows.push(
        entities,
        entities.definition().primaryKey(),
        new RowTime.WholeRange(),
        context
            .withFilters(List.of())
            .withDimensions(later.stream().map(context.dimensions()::get).toList()));
  }
}
