package io.plumbline.engine.sql;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/**
 * The functions that a query may call: ours, and the standard's where we have none of that name.
 * Safe for several threads.
 */
final class PlumblineOperators implements SqlOperatorTable {

  private final List<SqlOperator> operators;
  private final Map<String, List<SqlOperator>> byName = new LinkedHashMap<>();

  PlumblineOperators() {
    List<SqlOperator> all = new ArrayList<>(ours());
    Set<String> names = new HashSet<>();
    all.stream().filter(SqlFunction.class::isInstance).forEach(o -> names.add(key(o.getName())));
    SqlLibraryOperatorTableFactory.INSTANCE
        .getOperatorTable(EnumSet.of(SqlLibrary.STANDARD, SqlLibrary.POSTGRESQL))
        .getOperatorList()
        .stream()
        .filter(o -> !(o instanceof SqlFunction) || !names.contains(key(o.getName())))
        .forEach(all::add);
    this.operators = List.copyOf(all);
    operators.forEach(
        o -> byName.computeIfAbsent(key(o.getName()), name -> new ArrayList<>()).add(o));
  }

  private static List<SqlOperator> ours() {
    List<SqlOperator> ours = new ArrayList<>();
    ours.addAll(MetricOperators.all());
    ours.addAll(ContextOperators.all());
    ours.addAll(PostgresFunctions.all());
    ours.addAll(PostgresAggregates.all());
    ours.addAll(InfixOperators.all());
    ours.addAll(Arithmetic.all());
    ours.add(Extract.INSTANCE);
    ours.add(new GenerateSeries());
    ours.add(CurrentInstant.INSTANCE);
    return ours;
  }

  private static String key(String name) {
    return name.toUpperCase(Locale.ROOT);
  }

  @Override
  public void lookupOperatorOverloads(
      SqlIdentifier name,
      @Nullable SqlFunctionCategory category,
      SqlSyntax syntax,
      List<SqlOperator> found,
      SqlNameMatcher nameMatcher) {
    if (!name.isSimple()) {
      return;
    }
    byName.getOrDefault(key(name.getSimple()), List.of()).stream()
        .filter(operator -> isCalledBy(operator, syntax))
        .forEach(found::add);
  }

  /** Functions of special syntax, such as CAST or COUNT(*), are called as functions, too. */
  private static boolean isCalledBy(SqlOperator operator, SqlSyntax syntax) {
    return operator.getSyntax() == syntax
        || operator.getSyntax().family == syntax.family
        || syntax == SqlSyntax.FUNCTION && operator instanceof SqlFunction;
  }

  @Override
  public List<SqlOperator> getOperatorList() {
    return operators;
  }
}
