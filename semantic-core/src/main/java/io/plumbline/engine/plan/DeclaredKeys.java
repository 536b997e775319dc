package io.plumbline.engine.plan;

import io.plumbline.definitions.Dataset;
import io.plumbline.definitions.Join;
import io.plumbline.definitions.Problem;
import io.plumbline.engine.SessionSettings;
import io.plumbline.engine.catalog.CompiledDataset;
import io.plumbline.engine.catalog.CompiledModel;
import io.plumbline.engine.catalog.VisibleCatalog;
import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.warehouse.Warehouse;
import io.plumbline.engine.warehouse.WarehouseCatalog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;

/**
 * Asks the data whether what definitions declare to be unique is: the primary key of each dataset,
 * on which every join to it rests, and both sides of a join that is one to one.
 *
 * <p>Runs outside the governor, for whoever runs the server: only counts leave it.
 */
public final class DeclaredKeys {

  private final QueryCompiler compiler;
  private final Warehouse warehouse;
  private final WarehouseCatalog tables;
  private final CompiledModel model;

  public DeclaredKeys(
      QueryCompiler compiler, Warehouse warehouse, WarehouseCatalog tables, CompiledModel model) {
    this.compiler = compiler;
    this.warehouse = warehouse;
    this.tables = tables;
    this.model = model;
  }

  /** What is repeated in the data, with the place of its declaration. */
  public List<Problem> problems(SessionSettings settings) {
    List<Problem> problems = new ArrayList<>();
    for (CompiledDataset dataset : byName()) {
      Dataset definition = dataset.definition();
      long repeated = repeated(dataset, definition.primaryKey(), settings);
      if (repeated > 0) {
        problems.add(repeatedKey(definition, repeated));
      }
      for (Join join : definition.joins()) {
        if (join.cardinality() == Join.Cardinality.ONE_TO_ONE) {
          long rows = repeated(dataset, join.columns(), settings);
          if (rows > 0) {
            problems.add(repeatedJoin(definition, join, rows));
          }
        }
      }
    }
    return problems;
  }

  private List<CompiledDataset> byName() {
    return model.datasets().values().stream()
        .sorted(Comparator.comparing(dataset -> dataset.definition().name()))
        .toList();
  }

  private long repeated(CompiledDataset dataset, List<String> columns, SessionSettings settings) {
    if (columns.isEmpty()) {
      return 0;
    }
    QueryCompiler.Compilation sources =
        compiler.compilation(VisibleCatalog.everything(tables, model).root(), VisibleCatalog.PATH);
    PlanBuilder plan = new PlanBuilder(sources.builder());
    new DatasetRows(plan, sources, settings, DatasetRules.NONE).push(dataset, columns);
    Object count = warehouse.rows(repeatedKeys(plan, columns.size())).get(0).get(0);
    return count instanceof Number number ? number.longValue() : 0;
  }

  /** {@code select count(*) from (select key from rows group by key having count(*) > 1)}. */
  private static RelNode repeatedKeys(PlanBuilder plan, int columns) {
    RelBuilder builder = plan.relBuilder();
    builder.filter(
        IntStream.range(0, columns).mapToObj(i -> builder.isNotNull(builder.field(i))).toList());
    builder.aggregate(
        builder.groupKey(IntStream.range(0, columns).mapToObj(builder::field).toList()),
        builder.countStar("row_count"));
    builder.filter(
        builder.call(
            SqlStdOperatorTable.GREATER_THAN, builder.field("row_count"), builder.literal(1)));
    builder.aggregate(builder.groupKey(), builder.countStar("repeated"));
    return builder.build();
  }

  private static Problem repeatedKey(Dataset dataset, long repeated) {
    return new Problem(
        dataset.at(),
        "In the data of '"
            + dataset.name()
            + "', "
            + values(repeated)
            + " of the key "
            + dataset.primaryKey()
            + (repeated == 1 ? " stands" : " stand")
            + " on several rows.",
        "Each would count twice. Name the columns that tell the rows apart, or deduplicate.");
  }

  private static Problem repeatedJoin(Dataset dataset, Join join, long repeated) {
    return new Problem(
        join.at(),
        "In the data of '"
            + dataset.name()
            + "', "
            + values(repeated)
            + " of "
            + join.columns()
            + (repeated == 1 ? " stands" : " stand")
            + " on several rows, but the join to '"
            + join.to()
            + "' is one to one.",
        "Declare it many_to_one.");
  }

  private static String values(long count) {
    return count == 1 ? "1 value" : count + " values";
  }
}
