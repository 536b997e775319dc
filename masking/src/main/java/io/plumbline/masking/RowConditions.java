package io.plumbline.masking;

import com.google.common.collect.ImmutableList;
import io.plumbline.definitions.Expression;
import io.plumbline.engine.Principal;
import io.plumbline.engine.QueryException;
import io.plumbline.engine.SqlState;
import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.warehouse.WarehouseTable;
import io.plumbline.masking.EntityTables.Link;
import io.plumbline.masking.EntityTables.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.tools.RelBuilder;

/** The row filters of one plan, compiled over the fields of its scans. */
final class RowConditions {

  /** Longer ways from a table to its entity are a mistake, most likely a circle. */
  private static final int LONGEST_PATH = 6;

  private final Policies policies;
  private final CompiledRules rules;
  private final Principal principal;
  private final LocalDate rightsOn;
  private final QueryCompiler.Compilation sources;
  private final RexBuilder rex;

  RowConditions(
      Policies policies,
      CompiledRules rules,
      Principal principal,
      LocalDate rightsOn,
      QueryCompiler.Compilation sources) {
    this.policies = policies;
    this.rules = rules;
    this.sources = sources;
    this.principal = principal;
    this.rightsOn = rightsOn;
    this.rex = sources.cluster().getRexBuilder();
  }

  /** Whether a filter speaks of the rows of a table. */
  static boolean concerns(RowFilter filter, TableName table, Policies policies) {
    if (filter.target() instanceof RowFilter.Target.OfTable target) {
      return target.table().equals(table);
    }
    EntityTables entity = entity(filter, policies);
    return !entity.isShared(table) || entity.owned().containsKey(table);
  }

  static EntityTables entity(RowFilter filter, Policies policies) {
    String name = ((RowFilter.Target.OfEntity) filter.target()).entity();
    EntityTables entity = policies.entities().get(name);
    if (entity == null) {
      throw new IllegalStateException("no entity " + name);
    }
    return entity;
  }

  /**
   * The condition of a filter over the fields of a table that it concerns. A table of which it is
   * not known whose rows it holds shows none.
   *
   * @throws QueryException if the filter can't be understood
   */
  RexNode condition(RowFilter filter, TableName table) {
    if (filter.target() instanceof RowFilter.Target.OfTable) {
      return compiled(filter.filter(), sources.builder().scan(table.schema(), table.table()));
    }
    return ofEntity(filter, entity(filter, policies), table, new HashSet<>());
  }

  private RexNode ofEntity(
      RowFilter filter, EntityTables entity, TableName table, Set<TableName> seen) {
    Path path = entity.owned().get(table);
    if (path == null || !seen.add(table) || seen.size() > LONGEST_PATH) {
      return rex.makeLiteral(false);
    }
    RelBuilder builder = sources.builder().scan(table.schema(), table.table());
    RexNode column = builder.field(path.column());
    return path.through()
        .map(link -> through(link, column, ofEntity(filter, entity, link.table(), seen)))
        .orElseGet(() -> ofOwnKey(filter.filter(), entity.key(), table, column));
  }

  /** {@code column in (select link.column from link.table where condition)}. */
  private RexNode through(Link link, RexNode column, RexNode condition) {
    RelBuilder builder = sources.builder().scan(link.table().schema(), link.table().table());
    builder.filter(condition);
    builder.project(builder.field(link.column()));
    return RexSubQuery.in(builder.build(), ImmutableList.of(column));
  }

  private RexNode ofOwnKey(Expression filter, String key, TableName name, RexNode column) {
    RelBuilder builder = sources.builder().scan(name.schema(), name.table());
    RelDataType row = builder.peek().getRowType();
    WarehouseTable table = builder.peek().getTable().unwrap(WarehouseTable.class);
    return rules.condition(
        new CompiledRules.Key(filter, row, principal, rightsOn, Optional.of(name)),
        () -> {
          RexNode condition = ofKey(filter, key, builder, column);
          return new OwnRow(Objects.requireNonNull(table), (RexInputRef) column, rex)
              .condition(condition)
              .orElse(condition);
        });
  }

  /** The filter is written over a row that has nothing but the key. */
  private RexNode ofKey(Expression filter, String key, RelBuilder table, RexNode column) {
    table.project(List.of(column), List.of(key), true);
    RexNode condition = compiled(filter, table);
    return condition.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return column;
          }
        });
  }

  private RexNode compiled(Expression filter, RelBuilder rows) {
    RelDataType row = rows.peek().getRowType();
    return rules.condition(
        new CompiledRules.Key(filter, row, principal, rightsOn), () -> validated(filter, row));
  }

  private RexNode validated(Expression filter, RelDataType row) {
    SqlNode all = SqlIdentifier.star(SqlParserPos.ZERO);
    RelNode plan = selected(row, all, Optional.of(parsed(filter))).rel;
    return condition(plan).orElseGet(() -> rex.makeLiteral(true));
  }

  /** A tree of its own, since validation changes it. */
  private SqlNode parsed(Expression expression) {
    return Objects.requireNonNull(
        rules.parsed(expression).accept(new FilterFunctions(principal, rightsOn)));
  }

  private RelRoot selected(RelDataType row, SqlNode value, Optional<SqlNode> condition) {
    SqlSelect select =
        new SqlSelect(
            SqlParserPos.ZERO,
            SqlNodeList.EMPTY,
            SqlNodeList.of(value),
            new SqlIdentifier(SingleRow.NAME, SqlParserPos.ZERO),
            condition.orElse(null),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            SqlNodeList.EMPTY);
    return sources
        .over(SingleRow.beside(sources.reader().getRootSchema(), row), List.of())
        .convert(select)
        .root();
  }

  private static Optional<RexNode> condition(RelNode plan) {
    for (RelNode node = plan; !node.getInputs().isEmpty(); node = node.getInput(0)) {
      if (node instanceof Filter filter) {
        if (!filter.getVariablesSet().isEmpty()) {
          throw new QueryException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "a row filter can't use the row inside a subquery. Compare with IN (SELECT ...)");
        }
        return Optional.of(filter.getCondition());
      }
    }
    return Optional.empty();
  }

  /**
   * An expression over the columns of a table, as masks have them.
   *
   * @throws QueryException if it can't be understood
   */
  RexNode expression(Expression expression, TableName table) {
    RelDataType row = sources.builder().scan(table.schema(), table.table()).build().getRowType();
    return rules.value(
        new CompiledRules.Key(expression, row, principal, rightsOn), () -> value(expression, row));
  }

  private RexNode value(Expression expression, RelDataType row) {
    if (selected(row, parsed(expression), Optional.empty()).project() instanceof Project project) {
      return project.getProjects().get(0);
    }
    throw new IllegalStateException("an expression is no projection");
  }
}
