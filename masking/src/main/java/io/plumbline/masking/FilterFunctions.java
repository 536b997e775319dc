package io.plumbline.masking;

import io.plumbline.engine.Principal;
import io.plumbline.engine.QueryException;
import io.plumbline.engine.SqlState;
import java.time.LocalDate;
import java.util.Locale;
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
 * user_attribute('x')} and {@code as_of()}. They become literals, in a copy of the tree. An
 * attribute that the user does not have is null, so that nothing equals it.
 */
final class FilterFunctions extends SqlShuttle {

  private static final Set<String> USER = Set.of("CURRENT_USER", "SESSION_USER", "USER");

  private final Principal principal;
  private final LocalDate asOf;

  FilterFunctions(Principal principal, LocalDate asOf) {
    this.principal = principal;
    this.asOf = asOf;
  }

  @Override
  public @Nullable SqlNode visit(SqlIdentifier id) {
    return id.isSimple() && USER.contains(id.getSimple().toUpperCase(Locale.ROOT))
        ? text(principal.name(), id.getParserPosition())
        : id.clone(id.getParserPosition());
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    SqlParserPos at = call.getParserPosition();
    return switch (call.getOperator().getName().toUpperCase(Locale.ROOT)) {
      case "CURRENT_USER", "SESSION_USER", "USER" -> text(principal.name(), at);
      case "AS_OF" -> SqlLiteral.createDate(new DateString(asOf.toString()), at);
      case "USER_ATTRIBUTE" -> attribute(call, at);
      default -> copy(call);
    };
  }

  /** Also of calls in which nothing is replaced. */
  private @Nullable SqlNode copy(SqlCall call) {
    CallCopyingArgHandler handler = new CallCopyingArgHandler(call, true);
    call.getOperator().acceptCall(this, call, false, handler);
    return handler.result();
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
