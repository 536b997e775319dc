package io.plumbline.engine.sql;

import java.util.List;
import java.util.Properties;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.tools.RelBuilder;

/**
 * From a parsed query to relational algebra. The compiler is shared by all threads; a {@link
 * Compilation} belongs to one query.
 */
public final class QueryCompiler {

  private static final RelBuilder.Config BUILDER =
      RelBuilder.Config.DEFAULT.withBloat(-1).withSimplify(true);

  /**
   * Lowering knows whether rows repeat and writes no condition that says nothing; to look for
   * either takes a tenth of the time of planning.
   */
  private static final RelBuilder.Config LOWERING =
      BUILDER.withAggregateUnique(true).withSimplify(false);

  private final RelDataTypeFactory types;
  private final SqlOperatorTable operators;
  private final SqlConformance conformance = new PlumblineConformance();
  private final SqlRexConvertletTable convertlets = new PlumblineConvertlets();

  public QueryCompiler(RelDataTypeFactory types) {
    this.types = types;
    this.operators = new PlumblineOperators();
  }

  public RelDataTypeFactory types() {
    return types;
  }

  /**
   * Starts the work on one query.
   *
   * @param root the schemas that the principal may see
   * @param path names of the schemas in which an unqualified table is looked up, in this order,
   *     before the root
   */
  public Compilation compilation(CalciteSchema root, List<String> path) {
    RelOptCluster cluster =
        RelOptCluster.create(new HepPlanner(HepProgram.builder().build()), new RexBuilder(types));
    return new Compilation(cluster, reader(root, path));
  }

  private CalciteCatalogReader reader(CalciteSchema root, List<String> path) {
    Properties properties = new Properties();
    properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "false");
    return new CatalogReader(root, path, types, new CalciteConnectionConfigImpl(properties));
  }

  /** The reader that also looks through several default schemas. */
  private static final class CatalogReader extends CalciteCatalogReader {
    CatalogReader(
        CalciteSchema root,
        List<String> path,
        RelDataTypeFactory types,
        CalciteConnectionConfigImpl config) {
      super(
          root,
          org.apache.calcite.sql.validate.SqlNameMatchers.withCaseSensitive(false),
          java.util.stream.Stream.concat(
                  path.stream().map(List::of), java.util.stream.Stream.of(List.<String>of()))
              .toList(),
          types,
          config);
    }
  }

  /**
   * Everything that belongs to one query: cluster, catalog and the queries converted into it. Used
   * by one thread.
   */
  public final class Compilation {

    private final RelOptCluster cluster;
    private final CalciteCatalogReader reader;

    private Compilation(RelOptCluster cluster, CalciteCatalogReader reader) {
      this.cluster = cluster;
      this.reader = reader;
    }

    public RelOptCluster cluster() {
      return cluster;
    }

    public CalciteCatalogReader reader() {
      return reader;
    }

    /** The same cluster over another catalog: for datasets and views that a query refers to. */
    public Compilation over(CalciteSchema root, List<String> path) {
      return new Compilation(cluster, QueryCompiler.this.reader(root, path));
    }

    /** A builder that keeps projections apart, so that no expression is written twice. */
    public RelBuilder builder() {
      return RelBuilder.proto(Contexts.of(LOWERING)).create(cluster, reader);
    }

    /**
     * Validates and converts a query.
     *
     * @throws io.plumbline.engine.QueryException if it can't be understood
     */
    public Conversion convert(SqlNode query) {
      PlumblineValidator validator =
          new PlumblineValidator(operators, reader, types, validatorConfig());
      QueryProblems problems = new QueryProblems(validator, query);
      return problems.explained(() -> convert(query, validator));
    }

    private Conversion convert(SqlNode query, PlumblineValidator validator) {
      SqlNode validated = validator.validate(query);
      SqlToRelConverter converter =
          new SqlToRelConverter(
              (rowType, sql, schemaPath, viewPath) -> {
                throw new UnsupportedOperationException("views are expanded by the catalog");
              },
              validator,
              reader,
              cluster,
              convertlets,
              converterConfig());
      RelRoot root = converter.convertQuery(validated, false, true);
      return new Conversion(
          root,
          ResultNames.named(validator.getValidatedNodeType(validated), validated, types),
          ParameterTypes.of(validated, validator, types));
    }

    private SqlToRelConverter.Config converterConfig() {
      return SqlToRelConverter.config()
          .withExpand(false)
          .withTrimUnusedFields(false)
          .withInSubQueryThreshold(Integer.MAX_VALUE)
          .withRemoveSortInSubQuery(false)
          .withRelBuilderFactory(RelBuilder.proto(Contexts.of(BUILDER)))
          .addRelBuilderConfigTransform(config -> config.withBloat(-1));
    }

    private SqlValidator.Config validatorConfig() {
      return SqlValidator.Config.DEFAULT
          .withConformance(conformance)
          .withDefaultNullCollation(NullCollation.HIGH)
          .withIdentifierExpansion(true)
          .withTypeCoercionEnabled(true);
    }
  }
}
