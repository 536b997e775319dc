package io.plumbline.engine.catalog;

import io.plumbline.definitions.Column;
import io.plumbline.definitions.DataType;
import io.plumbline.definitions.Dataset;
import io.plumbline.definitions.DefinitionException;
import io.plumbline.definitions.Dimension;
import io.plumbline.definitions.Exclusion;
import io.plumbline.definitions.Expression;
import io.plumbline.definitions.Metric;
import io.plumbline.definitions.Problem;
import io.plumbline.definitions.PublishedView;
import io.plumbline.definitions.SemanticModel;
import io.plumbline.definitions.SemanticTable;
import io.plumbline.definitions.Source;
import io.plumbline.engine.QueryException;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.catalog.CompiledDataset.CompiledExclusion;
import io.plumbline.engine.catalog.CompiledDataset.CompiledSource;
import io.plumbline.engine.catalog.CompiledModel.DerivedExpression;
import io.plumbline.engine.catalog.CompiledModel.SimpleExpressions;
import io.plumbline.engine.plan.CohortColumn;
import io.plumbline.engine.plan.TimeColumn;
import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.sql.Statement;
import io.plumbline.engine.sql.StatementParser;
import io.plumbline.engine.warehouse.WarehouseCatalog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Checks every expression of a model against the warehouse; reports all problems together. */
public final class ModelCompiler {

  private final QueryCompiler compiler;
  private final StatementParser parser;
  private final ExpressionCompiler expressions;
  private final RelDataTypeFactory types;
  private final ModelTypes rowTypes;

  public ModelCompiler(QueryCompiler compiler, StatementParser parser) {
    this.compiler = compiler;
    this.parser = parser;
    this.expressions = new ExpressionCompiler(compiler, parser);
    this.types = compiler.types();
    this.rowTypes = new ModelTypes(types);
  }

  /**
   * Compiles a model.
   *
   * @throws DefinitionException with every problem of the model
   */
  public CompiledModel compile(SemanticModel model, WarehouseCatalog warehouse)
      throws DefinitionException {
    Compilation work = new Compilation(model, warehouse);
    CompiledModel compiled = work.compile();
    if (!work.problems.isEmpty()) {
      throw new DefinitionException(work.problems);
    }
    return compiled;
  }

  /** The work on one model. */
  private final class Compilation {
    final List<Problem> problems = new ArrayList<>();
    private final SemanticModel model;
    private final WarehouseCatalog warehouse;
    private final CalciteSchema sources;
    private final Map<String, CompiledDataset> datasets = new LinkedHashMap<>();

    Compilation(SemanticModel model, WarehouseCatalog warehouse) {
      this.model = model;
      this.warehouse = warehouse;
      Schemas schemas = new Schemas();
      warehouse.schemas().forEach(schemas::add);
      this.sources = schemas.root();
    }

    CompiledModel compile() {
      for (Dataset dataset : model.datasets()) {
        source(dataset)
            .ifPresent(source -> datasets.put(dataset.name(), columnsOf(dataset, source)));
      }
      datasets.replaceAll((name, dataset) -> withExclusions(dataset));
      Map<String, DerivedExpression> derived = derived();
      Map<String, SemanticCatalogTable> tables = new LinkedHashMap<>();
      if (problems.isEmpty()) {
        model.tables().forEach(table -> tables.put(table.name(), table(table)));
      }
      Map<String, PublishedViewTable> views = new LinkedHashMap<>();
      Map<String, SqlNode> queries = new LinkedHashMap<>();
      if (problems.isEmpty()) {
        model.views().forEach(view -> view(view, tables, views, queries));
      }
      return new CompiledModel(
          model, datasets, derived, simple(), snapshotFilters(), tables, views, queries);
    }

    private Optional<CompiledSource> source(Dataset dataset) {
      if (dataset.source() instanceof Source.Query query) {
        return attempt(query.sql(), () -> query(query.sql()));
      }
      Source.Table table = (Source.Table) dataset.source();
      Optional<CompiledSource> found =
          warehouse
              .table(table.schema(), table.name())
              .map(t -> new CompiledSource.OfTable(t, t.getRowType(types)));
      if (found.isEmpty()) {
        problems.add(
            new Problem(
                table.at(),
                "Dataset '"
                    + dataset.name()
                    + "' reads "
                    + table.schema()
                    + "."
                    + table.name()
                    + ", which the warehouse does not have.",
                "Name an existing table, or a query with 'sql:'."));
      }
      return found;
    }

    private CompiledSource query(Expression sql) {
      RelDataType rowType =
          compiler.compilation(sources, List.of()).convert(parseQuery(sql)).rowType();
      return new CompiledSource.OfQuery(parseQuery(sql), rowType);
    }

    private SqlNode parseQuery(Expression sql) {
      if (parser.parse(sql.sql()) instanceof Statement.Query query) {
        return query.node();
      }
      throw new QueryException(SqlState.SYNTAX_ERROR, "this must be a SELECT");
    }

    private CompiledDataset columnsOf(Dataset dataset, CompiledSource source) {
      Map<String, RexNode> columns = new LinkedHashMap<>();
      for (Column column : dataset.columns()) {
        attempt(column.expression(), () -> column(column, nameOf(dataset), source.rowType()))
            .ifPresent(
                expression -> {
                  checkType(dataset, column, expression);
                  columns.put(column.name(), expression);
                });
      }
      Optional<RexNode> where =
          dataset
              .where()
              .flatMap(
                  w -> attempt(w, () -> expressions.compile(w, nameOf(dataset), source.rowType())));
      return new CompiledDataset(dataset, source, columns, where, List.of());
    }

    private RexNode column(Column column, String source, RelDataType sourceType) {
      RexNode expression = expressions.compile(column.expression(), source, sourceType);
      if (column.zone().isEmpty() || ModelTypes.hasZone(expression)) {
        return expression;
      }
      RexNode zone = expressions.compile(column.zone().get(), source, sourceType);
      return new RexBuilder(types).makeCall(InstantOfWallClock.OPERATOR, zone, expression);
    }

    private void checkType(Dataset dataset, Column column, RexNode expression) {
      if (!ModelTypes.fits(column.type(), expression.getType())) {
        boolean needsZone =
            column.type() == DataType.TIMESTAMPTZ
                && expression.getType().getSqlTypeName() == SqlTypeName.TIMESTAMP;
        problems.add(
            new Problem(
                column.expression().at(),
                "Column '"
                    + dataset.name()
                    + "."
                    + column.name()
                    + "' must be "
                    + column.type().yamlName()
                    + ", but the expression is "
                    + expression.getType().getSqlTypeName().getName().toLowerCase(Locale.ROOT)
                    + ".",
                needsZone
                    ? "Say in which zone the clock was read: 'zone: UTC'."
                    : "Cast it, or map another column."));
      }
    }

    private CompiledDataset withExclusions(CompiledDataset dataset) {
      List<CompiledExclusion> exclusions = new ArrayList<>();
      for (Exclusion exclusion : dataset.definition().exclusions()) {
        attempt(exclusion.when(), () -> exclusion(dataset, exclusion)).ifPresent(exclusions::add);
      }
      return new CompiledDataset(
          dataset.definition(), dataset.source(), dataset.columns(), dataset.where(), exclusions);
    }

    /** All joined datasets are offered; those that the condition reads are kept. */
    private CompiledExclusion exclusion(CompiledDataset dataset, Exclusion exclusion) {
      LinkedHashMap<String, RelDataType> rows = new LinkedHashMap<>();
      rows.put(dataset.definition().name(), rowTypes.rowType(dataset));
      List<String> joined = new ArrayList<>();
      dataset
          .definition()
          .joins()
          .forEach(
              join -> {
                CompiledDataset target = datasets.get(join.to());
                if (target != null && mentions(exclusion.when(), join.to())) {
                  joined.add(join.to());
                  rows.put(join.to(), rowTypes.nullable(rowTypes.rowType(target)));
                }
              });
      return new CompiledExclusion(
          exclusion.label(), joined, expressions.compile(exclusion.when(), rows));
    }

    private boolean mentions(Expression expression, String dataset) {
      Set<String> qualifiers = new HashSet<>();
      parser
          .parseExpression(expression.sql())
          .accept(
              new SqlBasicVisitor<@Nullable Void>() {
                @Override
                public @Nullable Void visit(SqlIdentifier id) {
                  if (!id.isSimple()) {
                    qualifiers.add(id.names.get(0).toLowerCase(Locale.ROOT));
                  }
                  return null;
                }
              });
      return qualifiers.contains(dataset);
    }

    private Map<String, DerivedExpression> derived() {
      DerivedMetrics compiler = new DerivedMetrics(expressions, types, rowTypes, model);
      Map<String, DerivedExpression> derived = new LinkedHashMap<>();
      for (Metric metric : model.metrics()) {
        if (metric instanceof Metric.Derived d) {
          attempt(d.expression(), () -> compiler.compile(d))
              .ifPresent(compiled -> derived.put(metric.name(), compiled));
        } else if (metric instanceof Metric.Bands bands) {
          attempt(bands.expression(), () -> compiler.compile(bands.expression()))
              .ifPresent(compiled -> derived.put(metric.name(), compiled));
        }
      }
      return derived;
    }

    private Map<String, SimpleExpressions> simple() {
      Map<String, SimpleExpressions> simple = new LinkedHashMap<>();
      for (Metric metric : model.metrics()) {
        if (metric instanceof Metric.Simple s) {
          aggregated(s.dataset(), s.expression(), s.filter())
              .ifPresent(e -> simple.put(metric.name(), e));
        } else if (metric instanceof Metric.Cumulative c) {
          aggregated(c.dataset(), c.expression(), c.filter())
              .ifPresent(e -> simple.put(metric.name(), e));
        }
      }
      return simple;
    }

    private Map<String, RexNode> snapshotFilters() {
      Map<String, RexNode> filters = new LinkedHashMap<>();
      for (Metric metric : model.metrics()) {
        if (metric instanceof Metric.Snapshot s && datasets.containsKey(s.dataset())) {
          RelDataType row = rowTypes.rowType(datasets.get(s.dataset()));
          over(s.dataset(), row, s.filter()).ifPresent(f -> filters.put(s.name(), f));
        }
      }
      return filters;
    }

    private Optional<SimpleExpressions> aggregated(
        String dataset, Optional<Expression> value, Optional<Expression> filter) {
      return Optional.ofNullable(datasets.get(dataset))
          .map(rowTypes::rowType)
          .map(row -> new SimpleExpressions(over(dataset, row, value), over(dataset, row, filter)));
    }

    private Optional<RexNode> over(
        String dataset, RelDataType row, Optional<Expression> expression) {
      return expression.flatMap(e -> attempt(e, () -> expressions.compile(e, dataset, row)));
    }

    private SemanticCatalogTable table(SemanticTable table) {
      List<SemanticColumn> columns = new ArrayList<>();
      if (model.metric(table.metrics().get(0)).orElseThrow() instanceof Metric.Cohort) {
        for (CohortColumn column : CohortColumn.values()) {
          columns.add(new SemanticColumn.OfCohort(column, rowTypes.cohortType(column)));
        }
      } else {
        TimeColumn.inOrder()
            .forEach(time -> columns.add(new SemanticColumn.Time(time, rowTypes.timeType(time))));
      }
      for (SemanticTable.DimensionReference reference : table.dimensions()) {
        CompiledDataset dataset = datasets.get(reference.dataset());
        Dimension dimension =
            dataset.definition().dimensions().stream()
                .filter(d -> d.name().equals(reference.dimension()))
                .findFirst()
                .orElseThrow();
        RelDataType type =
            types.createTypeWithNullability(dataset.typeOf(dimension.column()), true);
        columns.add(new SemanticColumn.Dimensional(reference, dimension, type));
      }
      DerivedMetrics compiler = new DerivedMetrics(expressions, types, rowTypes, model);
      for (SemanticTable.ClassColumn column : table.classes()) {
        attempt(column.expression(), () -> compiler.compile(column.expression()))
            .ifPresent(
                value ->
                    columns.add(
                        new SemanticColumn.Classified(
                            column,
                            value,
                            types.createTypeWithNullability(value.expression().getType(), true))));
      }
      for (String name : table.metrics()) {
        Metric metric = model.metric(name).orElseThrow();
        columns.add(new SemanticColumn.Metrical(metric, rowTypes.metricType(metric)));
      }
      return new SemanticCatalogTable(table, columns);
    }

    private void view(
        PublishedView view,
        Map<String, SemanticCatalogTable> tables,
        Map<String, PublishedViewTable> views,
        Map<String, SqlNode> queries) {
      attempt(
              view.sql(),
              () -> {
                VisibleCatalog all = VisibleCatalog.everything(warehouse, tables, views);
                return compiler
                    .compilation(all.root(), VisibleCatalog.PATH)
                    .convert(parseQuery(view.sql()))
                    .rowType();
              })
          .ifPresent(
              rowType -> {
                views.put(view.name(), new PublishedViewTable(view, rowType));
                queries.put(view.name(), parseQuery(view.sql()));
              });
    }

    private <T> Optional<T> attempt(Expression expression, Supplier<T> work) {
      try {
        return Optional.of(work.get());
      } catch (QueryException e) {
        QueryException.Place place = e.place().orElse(new QueryException.Place(1, 1));
        problems.add(
            new Problem(expression.positionOf(place.line(), place.column()), e.reason(), ""));
        return Optional.empty();
      }
    }
  }

  /** What errors call the rows that a dataset reads. */
  private static String nameOf(Dataset dataset) {
    return dataset.source() instanceof Source.Table table
        ? table.schema() + "." + table.name()
        : "the query of " + dataset.name();
  }
}
