package io.plumbline.engine.templates;

import io.plumbline.engine.QueryException;
import io.plumbline.engine.SqlState;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** Copies a query with values in place of {@code argument(x)}. */
final class ArgumentFilling extends SqlShuttle {

  private static final String ARGUMENT = "ARGUMENT";

  private final Function<String, @Nullable SqlNode> values;
  private final Optional<SqlParserPos> at;

  /**
   * @param values by name of the parameter
   * @param at where all nodes of the copy stand; empty to leave them where they are
   */
  ArgumentFilling(Function<String, @Nullable SqlNode> values, Optional<SqlParserPos> at) {
    this.values = values;
    this.at = at;
  }

  SqlNode filled(SqlNode query) {
    return Objects.requireNonNull(query.accept(this));
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (call.getOperator().getName().toUpperCase(Locale.ROOT).equals(ARGUMENT)) {
      return value(call);
    }
    CallCopyingArgHandler handler = new CallCopyingArgHandler(call, true);
    call.getOperator().acceptCall(this, call, false, handler);
    SqlNode copy = handler.result();
    return at.isPresent() ? copy.clone(at.get()) : copy;
  }

  private SqlNode value(SqlCall call) {
    String name =
        call.operandCount() == 1
                && call.operand(0) instanceof SqlIdentifier identifier
                && identifier.isSimple()
            ? identifier.getSimple().toLowerCase(Locale.ROOT)
            : "";
    SqlNode value = values.apply(name);
    if (value == null) {
      SqlParserPos here = call.getParserPosition();
      throw new QueryException(
          SqlState.UNDEFINED_COLUMN,
          new QueryException.Place(here.getLineNum(), here.getColumnNum()),
          "argument(x) stands for a parameter x of the template, and there is no such one");
    }
    return value;
  }

  @Override
  public @Nullable SqlNode visit(SqlIdentifier identifier) {
    return at.isPresent() ? new SqlIdentifier(identifier.names, at.get()) : identifier;
  }

  @Override
  public @Nullable SqlNode visit(SqlLiteral literal) {
    return at.isPresent() ? literal.clone(at.get()) : literal;
  }
}
