package io.plumbline.masking;

import io.plumbline.definitions.Expression;
import io.plumbline.engine.sql.StatementParser;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.calcite.sql.SqlNode;

/**
 * The expressions of a policy file, each parsed once. What they mean for a principal is found out
 * for every plan. Safe for several threads.
 */
final class ParsedRules {

  private final StatementParser parser = new StatementParser();
  private final Map<String, SqlNode> parsed = new ConcurrentHashMap<>();

  /**
   * The tree of an expression, which must be copied before it is validated.
   *
   * @throws io.plumbline.engine.QueryException if it isn't one
   */
  SqlNode of(Expression expression) {
    return parsed.computeIfAbsent(expression.sql(), parser::parseExpression);
  }
}
