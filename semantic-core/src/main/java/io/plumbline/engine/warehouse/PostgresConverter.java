package io.plumbline.engine.warehouse;

import io.plumbline.engine.QueryException;
import io.plumbline.engine.SqlState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptSamplingParameters;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.Sample;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Spool;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.TableSpool;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.rel2sql.RelToSqlConverter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSampleSpec;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/** From a plan to PostgreSQL's SQL. One instance per plan. */
final class PostgresConverter extends RelToSqlConverter {

  private static final String ALIAS = "t";

  private final Deque<RelNode> parents = new ArrayDeque<>();
  private int aliased;

  PostgresConverter(PostgresDialect dialect) {
    super(dialect);
  }

  /** The SQL of a plan. */
  SqlNode statement(RelNode plan) {
    Result result = LiteralKeys.occurIn(plan) ? visitRoot(plan) : visitInput(new Root(plan), 0);
    return result.asStatement();
  }

  /** What a plan is the input of, so that it is visited like any other. */
  private static final class Root extends SingleRel {
    Root(RelNode plan) {
      super(plan.getCluster(), plan.getTraitSet(), plan);
    }
  }

  @Override
  public Result visitInput(
      RelNode node, int i, boolean anonymous, boolean ignoreClauses, Set<Clause> expected) {
    parents.push(node);
    try {
      return super.visitInput(node, i, anonymous, ignoreClauses, expected);
    } finally {
      parents.pop();
    }
  }

  @Override
  protected Result dispatch(RelNode asked) {
    RelNode node = FirstRows.reworded(asked);
    Result result = converted(node);
    return OwnSelect.needs(node, parents)
        ? alone(isJoin(node) ? spelled(result, node) : result.subSelect(), node)
        : result;
  }

  @Override
  protected Result result(
      SqlNode node,
      Collection<Clause> clauses,
      @Nullable String alias,
      @Nullable RelDataType type,
      Map<String, RelDataType> aliases) {
    FinishedQuery.markIn(node instanceof SqlSelect select ? select.getFrom() : node);
    return super.result(node, clauses, alias, type, aliases);
  }

  /**
   * A query gets the next name that is free. For each, the superclass tries all names from the
   * first one, and makes a row type.
   */
  @Override
  public Result result(
      SqlNode node,
      Collection<Clause> clauses,
      RelNode relation,
      @Nullable Map<String, RelDataType> aliases) {
    RelDataType type = relation.getRowType();
    if (!(node instanceof SqlSelect select && hasNames(select, type.getFieldNames()))) {
      return super.result(node, clauses, relation, aliases);
    }
    String alias = ALIAS;
    while (!aliasSet.add(alias)) {
      alias = ALIAS + aliased++;
    }
    boolean several = aliases != null && aliases.size() > 1;
    return result(node, clauses, alias, type, several ? aliases : Map.of(alias, type));
  }

  private static boolean hasNames(SqlSelect select, List<String> names) {
    SqlNodeList columns = select.getSelectList();
    return columns.equals(SqlNodeList.SINGLETON_STAR)
        || IntStream.range(0, names.size())
            .allMatch(i -> names.get(i).equals(SqlValidatorUtil.alias(columns.get(i))));
  }

  private static boolean isJoin(RelNode node) {
    return node instanceof Join || node instanceof Correlate;
  }

  /** Both sides of a join may have columns of one name: each gets the name that the plan has. */
  private SqlSelect spelled(Result join, RelNode node) {
    Context context = join.qualifiedContext();
    List<String> names = node.getRowType().getFieldNames();
    List<SqlNode> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      SqlIdentifier name = new SqlIdentifier(names.get(i), POS);
      columns.add(SqlStdOperatorTable.AS.createCall(POS, context.field(i), name));
    }
    SqlSelect select = all(join.asFrom());
    select.setSelectList(new SqlNodeList(columns, POS));
    return result(select, List.of(Clause.SELECT), node, null).subSelect();
  }

  /**
   * A subquery that whatever comes next is added to. Its columns are known by the alias that stands
   * in the text, also to correlated subqueries.
   */
  private Result alone(SqlSelect select, RelNode node) {
    String alias = ((SqlCall) select.getFrom()).operand(1).toString();
    return result(
        select, List.of(Clause.FROM), alias, node.getRowType(), Map.of(alias, node.getRowType()));
  }

  /**
   * By hand, since the reflective dispatch of the superclass can't reach a class of this package.
   */
  private Result converted(RelNode node) {
    if (node instanceof Filter filter && OwnSelect.isConditionOnGroups(filter)) {
      return filter(filter);
    }
    if (node instanceof Correlate correlate) {
      return correlate(correlate);
    }
    if (node instanceof RepeatUnion union) {
      return recursive(union);
    }
    if (node instanceof Spool spool) {
      return visitInput(spool, 0);
    }
    if (node instanceof TableFunctionScan scan) {
      return function(scan);
    }
    if (node instanceof Sample sample) {
      return sample(sample);
    }
    if (node instanceof Values values && ValueArrays.suits(values)) {
      return named(ValueArrays.unnest(values), values);
    }
    if (node instanceof Values values && values.getTuples().isEmpty()) {
      return noRows(values);
    }
    return visited(node);
  }

  /**
   * What the superclass finds by reflection anew for every converter, with an exception for each
   * class whose superclass is the one that it has a method for: a tenth of the time of planning.
   */
  private Result visited(RelNode node) {
    if (node instanceof Project project) {
      return visit(project);
    }
    if (node instanceof Join join) {
      return visit(join);
    }
    if (node instanceof Aggregate aggregate) {
      return visit(aggregate);
    }
    if (node instanceof Filter filter) {
      return visit(filter);
    }
    if (node instanceof Sort sort) {
      return visit(sort);
    }
    if (node instanceof TableScan scan) {
      return visit(scan);
    }
    if (node instanceof Union union) {
      return visit(union);
    }
    if (node instanceof Values values) {
      return visit(values);
    }
    return super.dispatch(node);
  }

  /**
   * A condition with a subquery over an aggregate would become a HAVING whose subquery refers to a
   * table that has no name there; so the aggregate gets a SELECT of its own.
   */
  private Result filter(Filter filter) {
    Result input = visitInput(filter, 0, Clause.WHERE);
    Result aliased = filter.getVariablesSet().isEmpty() ? input : input.resetAlias();
    for (CorrelationId id : filter.getVariablesSet()) {
      correlTableMap.put(id, aliased.qualifiedContext());
    }
    Builder builder = aliased.builder(filter);
    builder.setWhere(builder.context.toSql(null, filter.getCondition()));
    return builder.result();
  }

  /**
   * The superclass writes every kind of lateral join as an inner one, and with a comma, which binds
   * less than the next join.
   */
  private Result correlate(Correlate correlate) {
    return switch (correlate.getJoinType()) {
      case INNER -> lateral(correlate, JoinType.INNER);
      case LEFT -> lateral(correlate, JoinType.LEFT);
      default ->
          throw new QueryException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "this kind of correlated join is not supported; write it as EXISTS");
    };
  }

  private Result lateral(Correlate correlate, JoinType type) {
    Result input = visitInput(correlate, 0);
    Result left =
        isJoin(correlate.getLeft())
            ? input
            : input.resetAlias(correlate.getCorrelVariable(), correlate.getLeft().getRowType());
    correlTableMap.put(correlate.getCorrelationId(), left.qualifiedContext());
    Result right = visitInput(correlate, 1);
    SqlCall named = (SqlCall) right.subSelect().getFrom();
    List<SqlNode> lateral = new ArrayList<>(named.getOperandList());
    lateral.set(0, SqlStdOperatorTable.LATERAL.createCall(POS, lateral.get(0)));
    SqlNode join =
        new SqlJoin(
            POS,
            left.asFrom(),
            SqlLiteral.createBoolean(false, POS),
            type.symbol(POS),
            SqlStdOperatorTable.AS.createCall(POS, lateral),
            JoinConditionType.ON.symbol(POS),
            SqlLiteral.createBoolean(true, POS));
    return result(join, left, right);
  }

  /** {@code WITH RECURSIVE t AS (seed UNION ALL step) SELECT * FROM t}. */
  private Result recursive(RepeatUnion union) {
    RelOptTable table = ((TableSpool) union.getInput(0)).getTable();
    SqlIdentifier name = new SqlIdentifier(Util.last(table.getQualifiedName()), POS);
    SqlNode seed = visitInput(union, 0).asStatement();
    SqlNode step = visitInput(union, 1).asStatement();
    SqlOperator operator = union.all ? SqlStdOperatorTable.UNION_ALL : SqlStdOperatorTable.UNION;
    SqlWithItem item =
        new SqlWithItem(
            POS,
            name,
            names(table.getRowType().getFieldNames()),
            operator.createCall(POS, seed, step),
            SqlLiteral.createBoolean(true, POS));
    SqlWith with = new SqlWith(POS, new SqlNodeList(List.of(item), POS), all(name));
    SqlNode aliased =
        as(with, name.getSimple(), union.getRowType().getFieldNames().toArray(new String[0]));
    return result(all(aliased), List.of(Clause.SELECT), union, null);
  }

  private static SqlNodeList names(List<String> columns) {
    return new SqlNodeList(
        columns.stream().map(column -> (SqlNode) new SqlIdentifier(column, POS)).toList(), POS);
  }

  private static SqlSelect all(SqlNode from) {
    return new SqlSelect(
        POS,
        null,
        SqlNodeList.SINGLETON_STAR,
        from,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** A function that returns rows stands in FROM by its name, with the names of its columns. */
  private Result function(TableFunctionScan scan) {
    return named(aliasContext(Map.of(), false).toSql(null, scan.getCall()), scan);
  }

  /** {@code SELECT * FROM call AS t (columns)}. */
  private Result named(SqlNode call, RelNode node) {
    List<SqlNode> alias = new ArrayList<>();
    alias.add(call);
    alias.add(new SqlIdentifier(ALIAS, POS));
    node.getRowType().getFieldNames().forEach(column -> alias.add(new SqlIdentifier(column, POS)));
    SqlNode named = SqlStdOperatorTable.AS.createCall(POS, alias);
    return result(all(named), List.of(Clause.SELECT), node, null);
  }

  /** A bare NULL is text to PostgreSQL, on which what stands above could fail. */
  private Result noRows(Values values) {
    List<SqlNode> columns = new ArrayList<>();
    for (RelDataTypeField field : values.getRowType().getFieldList()) {
      SqlNode nothing = SqlLiteral.createNull(POS);
      SqlNode type =
          field.getType().getSqlTypeName() == SqlTypeName.NULL
              ? null
              : dialect.getCastSpec(field.getType());
      SqlNode typed =
          type == null ? nothing : SqlStdOperatorTable.CAST.createCall(POS, nothing, type);
      columns.add(
          SqlStdOperatorTable.AS.createCall(POS, typed, new SqlIdentifier(field.getName(), POS)));
    }
    SqlNode never =
        SqlStdOperatorTable.EQUALS.createCall(
            POS, SqlLiteral.createExactNumeric("1", POS), SqlLiteral.createExactNumeric("0", POS));
    SqlSelect select =
        new SqlSelect(
            POS,
            null,
            new SqlNodeList(columns, POS),
            null,
            never,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    return result(select, List.of(Clause.SELECT, Clause.WHERE), values, null);
  }

  /** PostgreSQL samples tables only. */
  private Result sample(Sample sample) {
    if (!(sample.getInput() instanceof TableScan)) {
      throw new QueryException(
          SqlState.FEATURE_NOT_SUPPORTED, "TABLESAMPLE works on a table, not on a subquery");
    }
    RelOptSamplingParameters parameters = sample.getSamplingParameters();
    SqlSampleSpec spec =
        parameters.isRepeatable()
            ? SqlSampleSpec.createTableSample(
                parameters.isBernoulli(), parameters.sampleRate, parameters.getRepeatableSeed())
            : SqlSampleSpec.createTableSample(parameters.isBernoulli(), parameters.sampleRate);
    SqlNode sampled =
        SqlStdOperatorTable.TABLESAMPLE.createCall(
            POS, visitInput(sample, 0).asSelect().getFrom(), SqlLiteral.createSample(spec, POS));
    return result(all(sampled), List.of(Clause.FROM), sample, null);
  }
}
