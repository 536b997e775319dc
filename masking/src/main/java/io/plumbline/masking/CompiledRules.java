package io.plumbline.masking;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.plumbline.definitions.Expression;
import io.plumbline.engine.Principal;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlNode;

/**
 * What rules mean for a principal on a day, over the columns of a table: to validate them for every
 * plan takes as long as planning a small query. Rules with a subquery belong to the plan for which
 * they were compiled, and are not kept. Safe for several threads.
 */
final class CompiledRules {

  private static final int MOST = 10_000;

  /**
   * All that the meaning depends on.
   *
   * @param row the columns, with their types
   * @param table whose rows they are, if the meaning depends on it
   */
  record Key(
      Expression rule,
      RelDataType row,
      Principal principal,
      LocalDate rightsOn,
      Optional<TableName> table) {

    Key(Expression rule, RelDataType row, Principal principal, LocalDate rightsOn) {
      this(rule, row, principal, rightsOn, Optional.empty());
    }
  }

  private final ParsedRules parsed = new ParsedRules();
  private final Cache<Key, RexNode> conditions = Caffeine.newBuilder().maximumSize(MOST).build();
  private final Cache<Key, RexNode> values = Caffeine.newBuilder().maximumSize(MOST).build();

  /** The tree of a rule, which must be copied before it is validated. */
  SqlNode parsed(Expression rule) {
    return parsed.of(rule);
  }

  /** A rule that says which rows there are. */
  RexNode condition(Key key, Supplier<RexNode> compiler) {
    return get(conditions, key, compiler);
  }

  /** A rule that says what stands in place of a value. */
  RexNode value(Key key, Supplier<RexNode> compiler) {
    return get(values, key, compiler);
  }

  private static RexNode get(Cache<Key, RexNode> compiled, Key key, Supplier<RexNode> compiler) {
    RexNode known = compiled.getIfPresent(key);
    if (known != null) {
      return known;
    }
    RexNode result = compiler.get();
    if (RexUtil.SubQueryFinder.find(result) == null) {
      compiled.put(key, result);
    }
    return result;
  }
}
