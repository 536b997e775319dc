package io.plumbline.engine.templates;

import io.plumbline.definitions.DataType;
import io.plumbline.definitions.Template.Parameter;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;

/** Constants that stand for the parameters of a template: of the parameter's type, or refused. */
final class ArgumentValues {

  private static final int DIGITS = 38;
  private static final int DECIMALS = 10;

  private ArgumentValues() {}

  /** What stands for an argument as the caller wrote it; empty if it is no constant of the type. */
  static Optional<SqlNode> given(SqlNode written, Parameter parameter) {
    if (written instanceof SqlDynamicParam) {
      return Optional.of(cast(written, parameter.type()));
    }
    if (written.getKind() == SqlKind.CAST && isConstant(((SqlCall) written).operand(0))) {
      return Optional.of(cast(written, parameter.type()));
    }
    if (written.getKind() == SqlKind.MINUS_PREFIX && isNumber(parameter.type())) {
      return Optional.of(written).filter(w -> isNumeric(((SqlCall) w).operand(0)));
    }
    return written instanceof SqlLiteral literal ? literal(literal, parameter) : Optional.empty();
  }

  private static boolean isConstant(SqlNode node) {
    return node instanceof SqlLiteral || node instanceof SqlDynamicParam;
  }

  private static Optional<SqlNode> literal(SqlLiteral literal, Parameter parameter) {
    if (literal.getTypeName() == SqlTypeName.NULL) {
      return parameter.optional() ? Optional.of(nothing(parameter)) : Optional.empty();
    }
    boolean text = literal.getTypeName() == SqlTypeName.CHAR;
    return switch (parameter.type()) {
      case TEXT -> Optional.<SqlNode>of(literal).filter(l -> text);
      case BOOLEAN ->
          Optional.<SqlNode>of(literal).filter(l -> literal.getTypeName() == SqlTypeName.BOOLEAN);
      case INTEGER, BIGINT ->
          Optional.<SqlNode>of(literal)
              .filter(
                  l -> isNumeric(l) && literal.bigDecimalValue().stripTrailingZeros().scale() <= 0);
      case DECIMAL, DOUBLE -> Optional.<SqlNode>of(literal).filter(ArgumentValues::isNumeric);
      case DATE ->
          text
              ? date(literal.getValueAs(String.class), literal.getParserPosition())
              : Optional.<SqlNode>of(literal).filter(l -> isMoment(literal));
      case TIMESTAMPTZ ->
          Optional.<SqlNode>of(cast(literal, parameter.type()))
              .filter(l -> text || isMoment(literal));
    };
  }

  private static boolean isNumber(DataType type) {
    return switch (type) {
      case INTEGER, BIGINT, DECIMAL, DOUBLE -> true;
      default -> false;
    };
  }

  private static boolean isNumeric(SqlNode node) {
    return node instanceof SqlLiteral literal
        && (literal.getTypeName() == SqlTypeName.DECIMAL
            || literal.getTypeName() == SqlTypeName.DOUBLE);
  }

  /** {@code DATE '...'} is of unknown type until it is validated. */
  private static boolean isMoment(SqlLiteral literal) {
    return switch (literal.getTypeName()) {
      case UNKNOWN, DATE, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> true;
      default -> false;
    };
  }

  private static Optional<SqlNode> date(String text, SqlParserPos at) {
    try {
      LocalDate day = LocalDate.parse(text);
      return Optional.of(SqlLiteral.createDate(new DateString(day.toString()), at));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** What stands for a parameter that the call leaves out. */
  static SqlNode left(Parameter parameter) {
    return parameter
        .defaultValue()
        .map(value -> of(value, parameter.type()))
        .orElseGet(() -> nothing(parameter));
  }

  private static SqlNode nothing(Parameter parameter) {
    return cast(SqlLiteral.createNull(SqlParserPos.ZERO), parameter.type());
  }

  /** A value to check a template with. */
  static SqlNode sample(Parameter parameter, LocalDate today) {
    return parameter
        .defaultValue()
        .map(value -> of(value, parameter.type()))
        .orElseGet(
            () ->
                switch (parameter.type()) {
                  case TEXT -> of("a", DataType.TEXT);
                  case BOOLEAN -> of("true", DataType.BOOLEAN);
                  case INTEGER, BIGINT, DECIMAL, DOUBLE -> of("1", parameter.type());
                  case DATE, TIMESTAMPTZ -> of(today.minusMonths(2).toString(), parameter.type());
                });
  }

  private static SqlNode of(String value, DataType type) {
    SqlParserPos at = SqlParserPos.ZERO;
    return switch (type) {
      case TEXT -> SqlLiteral.createCharString(value, at);
      case BOOLEAN -> SqlLiteral.createBoolean(value.equals("true"), at);
      case INTEGER, BIGINT, DECIMAL, DOUBLE -> SqlLiteral.createExactNumeric(value, at);
      case DATE -> SqlLiteral.createDate(new DateString(value), at);
      case TIMESTAMPTZ -> cast(SqlLiteral.createCharString(value, at), type);
    };
  }

  private static SqlNode cast(SqlNode value, DataType type) {
    SqlParserPos at = value.getParserPosition();
    SqlBasicTypeNameSpec name =
        switch (type) {
          case TEXT -> new SqlBasicTypeNameSpec(SqlTypeName.VARCHAR, at);
          case BOOLEAN -> new SqlBasicTypeNameSpec(SqlTypeName.BOOLEAN, at);
          case INTEGER -> new SqlBasicTypeNameSpec(SqlTypeName.INTEGER, at);
          case BIGINT -> new SqlBasicTypeNameSpec(SqlTypeName.BIGINT, at);
          case DECIMAL -> new SqlBasicTypeNameSpec(SqlTypeName.DECIMAL, DIGITS, DECIMALS, at);
          case DOUBLE -> new SqlBasicTypeNameSpec(SqlTypeName.DOUBLE, at);
          case DATE -> new SqlBasicTypeNameSpec(SqlTypeName.DATE, at);
          case TIMESTAMPTZ ->
              new SqlBasicTypeNameSpec(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, at);
        };
    return SqlStdOperatorTable.CAST.createCall(at, value, new SqlDataTypeSpec(name, at));
  }
}
