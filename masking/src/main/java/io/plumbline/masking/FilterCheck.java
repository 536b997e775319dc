package io.plumbline.masking;

import io.plumbline.definitions.Expression;
import io.plumbline.definitions.Problem;
import io.plumbline.engine.Principal;
import io.plumbline.engine.QueryException;
import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.warehouse.WarehouseCatalog;
import io.plumbline.engine.warehouse.WarehouseTable;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;

/** Compiles every row filter over every table that it is for. */
final class FilterCheck {

  private static final Principal ANYONE = new Principal("", Set.of(), Map.of());

  private final Policies policies;
  private final WarehouseCatalog tables;
  private final QueryCompiler compiler;

  FilterCheck(Policies policies, WarehouseCatalog tables, QueryCompiler compiler) {
    this.policies = policies;
    this.tables = tables;
    this.compiler = compiler;
  }

  /** The first problem of each filter. */
  List<Problem> problems() {
    return policies.rowFilters().stream().flatMap(filter -> problem(filter).stream()).toList();
  }

  private Optional<Problem> problem(RowFilter filter) {
    if (filter.target() instanceof RowFilter.Target.OfTable target
        && tables.table(target.table().schema(), target.table().table()).isEmpty()) {
      return Optional.of(
          new Problem(
              filter.at(),
              "The warehouse has no table " + target.table() + ".",
              "Name an existing table."));
    }
    return allTables()
        .map(TableName::of)
        .filter(table -> RowConditions.concerns(filter, table, policies))
        .flatMap(table -> problem(filter, table).stream())
        .findFirst();
  }

  private Stream<WarehouseTable> allTables() {
    return tables.schemas().values().stream().flatMap(byName -> byName.values().stream());
  }

  private Optional<Problem> problem(RowFilter filter, TableName table) {
    try {
      conditions(policies, tables, compiler).condition(filter, table);
      return Optional.empty();
    } catch (QueryException e) {
      return Optional.of(problem(filter.filter(), e));
    }
  }

  static Problem problem(Expression expression, QueryException e) {
    QueryException.Place place = e.place().orElse(new QueryException.Place(1, 1));
    return new Problem(expression.positionOf(place.line(), place.column()), e.reason() + ".", "");
  }

  /** Compiles for nobody in particular. */
  static RowConditions conditions(
      Policies policies, WarehouseCatalog tables, QueryCompiler compiler) {
    return new RowConditions(
        policies,
        new CompiledRules(),
        ANYONE,
        LocalDate.EPOCH,
        compiler.compilation(root(tables), List.of()));
  }

  private static CalciteSchema root(WarehouseCatalog tables) {
    CalciteSchema root = CalciteSchema.createRootSchema(false, false);
    tables
        .schemas()
        .forEach(
            (name, byName) ->
                root.add(
                    name,
                    new AbstractSchema() {
                      @Override
                      protected Map<String, Table> getTableMap() {
                        return Map.copyOf(byName);
                      }
                    }));
    return root;
  }
}
