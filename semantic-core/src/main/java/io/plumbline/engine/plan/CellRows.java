package io.plumbline.engine.plan;

import static io.plumbline.engine.plan.EvaluationContext.PERIOD;

import io.plumbline.engine.plan.BaseMetrics.Part;
import io.plumbline.engine.plan.PlanBuilder.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Values of several datasets and contexts side by side in the cells of a query. They are put
 * together by UNION ALL and one regroup: no join, so no fan-out, and null groups meet. What was
 * evaluated with fewer dimensions, or for all periods at once, is spread over the cells by a
 * window.
 */
final class CellRows {

  /** 1 for rows that are cells, 0 for those whose values are spread over cells. */
  private static final String CELL = "cell";

  private static final String OWN_PERIOD = "own_period";

  private final PlanBuilder plan;
  private final BaseMetrics base;
  private final EvaluationContext cells;
  private final Runnable pushEmptyCells;
  private final Shown shown;
  private final Map<List<ContextChange>, Integer> numbers = new LinkedHashMap<>();
  private final List<Group> groups = new ArrayList<>();

  /** Which cells have a row. */
  enum Shown {
    /** All of them. */
    ALL,
    /** Those with a present entity or an event of it: it may sign up before it pays. */
    PRESENT,
    /** Those in which one of the metrics is something. */
    WITH_VALUES
  }

  /**
   * @param pushEmptyCells pushes the keys of all cells
   */
  CellRows(
      PlanBuilder plan,
      BaseMetrics base,
      EvaluationContext cells,
      Runnable pushEmptyCells,
      Shown shown) {
    this.plan = plan;
    this.base = base;
    this.cells = cells;
    this.pushEmptyCells = pushEmptyCells;
    this.shown = shown;
  }

  /** Some metrics in one context. */
  private record Group(int number, ChangedContext context, List<Part> parts, boolean makesCells) {

    String fieldName(String field) {
      return number == 0 ? field : field + "@" + number;
    }

    List<String> fields() {
      return parts.stream().flatMap(p -> p.all().stream()).map(this::fieldName).toList();
    }
  }

  EvaluationContext context() {
    return cells;
  }

  /** How many months the period of a cell is long. */
  RexNode months() {
    return new PeriodLengths(plan, cells.spine()).months();
  }

  /** Adds metrics in the context that some changes make of the cells'. */
  void add(List<ContextChange> changes, Set<String> metrics) {
    int number = numbers.size();
    numbers.put(changes, number);
    for (ChangedContext context : ChangedContext.of(cells, changes)) {
      groups.add(
          new Group(
              number, context, base.evaluate(metrics, context.context()), makesCells(context)));
    }
  }

  /** Whether its rows are cells of the query, and all of them. */
  private boolean makesCells(ChangedContext changed) {
    return changed.kept().size() == cells.dimensions().size()
        && !changed.hasOnePeriodForAll()
        && changed.context().filters().containsAll(cells.filters());
  }

  /** Pushes the rows: the cells' dimensions and period, and the fields of all parts. */
  void push() {
    Map<String, RelDataType> types = fieldTypes();
    List<RelNode> parts = new ArrayList<>();
    boolean spreads = groups.stream().anyMatch(g -> !g.makesCells());
    if (needsEmptyCells()) {
      pushEmptyCells.run();
      parts.add(padded(Map.of(), types, spreads, true));
    }
    for (Group group : groups) {
      for (Part part : group.parts()) {
        pushAligned(part, group.context());
        Map<String, String> own = new LinkedHashMap<>();
        part.all().forEach(field -> own.put(group.fieldName(field), field));
        parts.add(padded(own, types, spreads, group.makesCells()));
      }
    }
    plan.unionAll(parts);
    if (parts.size() > 1) {
      List<String> key = key();
      if (spreads) {
        key.add(CELL);
      }
      plan.onlyValues(key, List.copyOf(types.keySet()));
    }
    if (spreads) {
      spread();
    }
    if (shown != Shown.ALL) {
      plan.filter(hasSomething());
    }
  }

  /** A field of a part that was evaluated after some changes. */
  RexNode field(String field, List<ContextChange> changes) {
    return plan.field(groupsOf(changes).get(0).fieldName(field));
  }

  /** Whether the fields after some changes are by classes of entities. */
  boolean isByClass(List<ContextChange> changes) {
    return groupsOf(changes).get(0).context().context().readsClass();
  }

  private List<Group> groupsOf(List<ContextChange> changes) {
    int number = Objects.requireNonNull(numbers.get(changes));
    return groups.stream().filter(g -> g.number() == number).toList();
  }

  private List<String> key() {
    List<String> key = new ArrayList<>(cells.dimensionFields());
    key.add(PERIOD);
    return key;
  }

  private boolean needsEmptyCells() {
    boolean dense = groups.get(0).parts().stream().anyMatch(Part::dense);
    return !dense && shown == Shown.ALL;
  }

  private Map<String, RelDataType> fieldTypes() {
    Map<String, RelDataType> types = new LinkedHashMap<>();
    for (Group group : groups) {
      for (Part part : group.parts()) {
        for (String field : part.all()) {
          RelDataType row = part.relation().getRowType();
          types.put(
              group.fieldName(field),
              Objects.requireNonNull(row.getField(field, true, false)).getType());
        }
      }
    }
    return types;
  }

  // ---- a part among the cells ----

  /** Pushes a part with all dimensions of the cells, null for those it lacks, and their period. */
  private void pushAligned(Part part, ChangedContext changed) {
    plan.push(part.relation());
    RexNode period = alignedPeriod(changed);
    List<Named> key = new ArrayList<>();
    for (int i = 0; i < cells.dimensions().size(); i++) {
      int own = changed.kept().indexOf(i);
      key.add(
          new Named(
              cells.dimensionFields().get(i),
              own >= 0
                  ? plan.field(changed.context().dimensionFields().get(own))
                  : plan.nullOf(cells.dimensions().get(i).getType())));
    }
    key.add(new Named(PERIOD, period));
    part.all().forEach(field -> key.add(new Named(field, plan.field(field))));
    plan.project(List.of(), key);
  }

  /** The cells' period for a row on top of the builder, which may be joined to find it. */
  private RexNode alignedPeriod(ChangedContext changed) {
    if (changed.hasSamePeriods()) {
      return plan.field(PERIOD);
    }
    if (changed.hasOnePeriodForAll()) {
      return plan.nullOf(plan.integer());
    }
    RelDataTypeFactory.Builder row = plan.types().builder();
    row.add(OWN_PERIOD, SqlTypeName.INTEGER).add("cell_period", SqlTypeName.INTEGER);
    List<List<RexLiteral>> pairs = new ArrayList<>();
    for (int j = 1; j <= changed.source().size(); j++) {
      int own = changed.source().get(j - 1);
      if (own > 0) {
        pairs.add(List.of(plan.number(own), plan.number(j)));
      }
    }
    plan.values(row.build(), pairs);
    plan.relBuilder()
        .join(
            JoinRelType.INNER,
            plan.call(
                SqlStdOperatorTable.EQUALS,
                plan.relBuilder().field(2, 0, PERIOD),
                plan.relBuilder().field(2, 1, OWN_PERIOD)));
    return plan.field("cell_period");
  }

  /**
   * The row on top with the fields of all parts; null for those of others.
   *
   * @param own its fields by their names among all
   */
  private RelNode padded(
      Map<String, String> own, Map<String, RelDataType> all, boolean marked, boolean cell) {
    List<Named> fields = new ArrayList<>();
    if (marked) {
      fields.add(new Named(CELL, plan.number(cell ? 1 : 0)));
    }
    all.forEach(
        (name, type) ->
            fields.add(
                new Named(
                    name, own.containsKey(name) ? plan.field(own.get(name)) : plan.nullOf(type))));
    plan.project(key(), fields);
    return plan.build();
  }

  // ---- spreading ----

  private void spread() {
    Map<String, Named> fields = new LinkedHashMap<>();
    for (Group group : groups) {
      List<RexNode> partition = partition(group.context());
      for (String field : group.fields()) {
        RexNode value = plan.field(field);
        fields.put(
            field, new Named(field, group.makesCells() ? value : plan.maxWithin(value, partition)));
      }
    }
    List<String> kept = key();
    kept.add(CELL);
    plan.project(kept, List.copyOf(fields.values()));
    plan.filter(plan.isPositive(plan.field(CELL)));
  }

  /** What the values of a context have in common with the cells. */
  private List<RexNode> partition(ChangedContext changed) {
    Stream<String> dimensions = changed.kept().stream().map(cells.dimensionFields()::get);
    Stream<String> period = changed.hasOnePeriodForAll() ? Stream.of() : Stream.of(PERIOD);
    return plan.fields(Stream.concat(dimensions, period).toList());
  }

  private RexNode hasSomething() {
    List<RexNode> signs = new ArrayList<>();
    for (Group group : groups) {
      if (group.makesCells()) {
        group.parts().forEach(part -> addSigns(group, part, signs));
      }
    }
    return switch (signs.size()) {
      case 0 -> plan.rexBuilder().makeLiteral(true);
      case 1 -> signs.get(0);
      default -> plan.call(SqlStdOperatorTable.OR, signs.toArray(new RexNode[0]));
    };
  }

  private void addSigns(Group group, Part part, List<RexNode> signs) {
    String presence = StateMeasure.PRESENT_ENTITIES.field();
    for (String field : part.fields()) {
      RexNode value = plan.field(group.fieldName(field));
      if (field.equals(presence)) {
        signs.add(plan.isPositive(value));
      } else if (part.signs().contains(field) || shown == Shown.WITH_VALUES) {
        signs.add(isSomething(value));
        part.mark().ifPresent(mark -> signs.add(isUnknown(value, group.fieldName(mark))));
      }
    }
  }

  /** What is not known is not nothing. */
  private RexNode isUnknown(RexNode value, String mark) {
    return plan.call(
        SqlStdOperatorTable.AND,
        plan.call(SqlStdOperatorTable.IS_NULL, value),
        plan.call(SqlStdOperatorTable.IS_NOT_NULL, plan.field(mark)));
  }

  private RexNode isSomething(RexNode value) {
    return SqlTypeUtil.isNumeric(value.getType())
        ? plan.call(SqlStdOperatorTable.NOT_EQUALS, value, plan.number(0))
        : plan.call(SqlStdOperatorTable.IS_NOT_NULL, value);
  }
}
