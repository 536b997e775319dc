package io.plumbline.masking;

import io.plumbline.engine.Principal;
import io.plumbline.engine.QueryException;
import io.plumbline.engine.SqlState;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.DateString;
import org.jspecify.annotations.Nullable;

/**
 * What rules may call beside the functions of queries: {@code current_user}, {@code
 * user_attribute('x')} and {@code as_of()}, which is {@code current_date}. They become literals, in
 * a copy of the tree. An attribute that the user does not have is null, so that nothing equals it.
 * The day is that of the server: a user who travels in time takes today's rights along.
 */
final class FilterFunctions extends SqlShuttle {

  private static final Set<String> DAY = Set.of("AS_OF", "CURRENT_DATE");
  private static final Set<String> USER = Set.of("CURRENT_USER", "SESSION_USER", "USER");

  /** Their values in a query follow what the user sets. */
  private static final Set<String> MOMENT =
      Set.of("CURRENT_TIMESTAMP", "CURRENT_TIME", "LOCALTIMESTAMP", "LOCALTIME", "NOW");

  private final Principal principal;
  private final LocalDate today;

  FilterFunctions(Principal principal, LocalDate today) {
    this.principal = principal;
    this.today = today;
  }

  @Override
  public @Nullable SqlNode visit(SqlIdentifier id) {
    return id.isSimple()
        ? named(id.getSimple(), id.getParserPosition())
            .orElseGet(() -> id.clone(id.getParserPosition()))
        : id.clone(id.getParserPosition());
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    SqlParserPos at = call.getParserPosition();
    String name = call.getOperator().getName();
    if (name.equalsIgnoreCase("USER_ATTRIBUTE")) {
      return attribute(call, at);
    }
    return named(name, at).orElseGet(() -> copy(call));
  }

  private Optional<SqlNode> named(String name, SqlParserPos at) {
    String function = name.toUpperCase(Locale.ROOT);
    if (USER.contains(function)) {
      return Optional.of(text(principal.name(), at));
    }
    if (DAY.contains(function)) {
      return Optional.of(SqlLiteral.createDate(new DateString(today.toString()), at));
    }
    if (MOMENT.contains(function)) {
      throw new QueryException(
          SqlState.FEATURE_NOT_SUPPORTED,
          new QueryException.Place(at.getLineNum(), at.getColumnNum()),
          "a rule reads no clock but as_of(), the day of the server");
    }
    return Optional.empty();
  }

  /** Also of calls in which nothing is replaced. */
  private SqlNode copy(SqlCall call) {
    CallCopyingArgHandler handler = new CallCopyingArgHandler(call, true);
    call.getOperator().acceptCall(this, call, false, handler);
    return Objects.requireNonNull(handler.result());
  }

  private SqlNode attribute(SqlCall call, SqlParserPos at) {
    if (call.operandCount() == 1
        && call.operand(0) instanceof SqlLiteral name
        && name.toValue() != null) {
      String value = principal.attributes().get(name.toValue());
      return value == null ? nullText(at) : text(value, at);
    }
    throw new QueryException(
        SqlState.SYNTAX_ERROR, "user_attribute takes the name of an attribute as a text");
  }

  private static SqlNode text(String value, SqlParserPos at) {
    return SqlLiteral.createCharString(value, at);
  }

  private static SqlNode nullText(SqlParserPos at) {
    return SqlStdOperatorTable.CAST.createCall(
        at,
        SqlLiteral.createNull(at),
        new SqlDataTypeSpec(new SqlBasicTypeNameSpec(SqlTypeName.VARCHAR, at), at));
  }
}
