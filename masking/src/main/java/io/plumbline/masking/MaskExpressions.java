package io.plumbline.masking;

import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Masks as expressions of plans. None of them can fail on any value. */
final class MaskExpressions {

  private static final String REDACTED = "REDACTED";
  private static final String STARS = "****";

  private static final SqlFunction CONVERT_TO = function("convert_to");
  private static final SqlFunction SHA256 = function("sha256");
  private static final SqlFunction ENCODE = function("encode");
  private static final SqlFunction LENGTH = function("length");
  private static final SqlFunction LEFT = function("left");
  private static final SqlFunction RIGHT = function("right");
  private static final SqlFunction CONCAT = function("concat");
  private static final SqlFunction SPLIT_PART = function("split_part");
  private static final SqlFunction DATE_TRUNC = function("date_trunc");

  private final RexBuilder rex;
  private final String secret;

  /**
   * @param secret keys the hashes
   */
  MaskExpressions(RexBuilder rex, String secret) {
    this.rex = rex;
    this.secret = secret;
  }

  /** Whether a mask is defined for values of a type. */
  static boolean fits(MaskPolicy mask, RelDataType type) {
    if (mask instanceof MaskPolicy.HashSha256
        || mask instanceof MaskPolicy.ShowFirst
        || mask instanceof MaskPolicy.ShowLast
        || mask instanceof MaskPolicy.EmailDomain) {
      return SqlTypeUtil.isCharacter(type);
    }
    if (mask instanceof MaskPolicy.DateYear) {
      return SqlTypeUtil.isDatetime(type);
    }
    return !(mask instanceof MaskPolicy.Bucket) || SqlTypeUtil.isNumeric(type);
  }

  /** What is shown for a value; null where the mask is not defined for its type. */
  RexNode masked(MaskPolicy mask, RexNode value) {
    RelDataType type = rex.getTypeFactory().createTypeWithNullability(value.getType(), true);
    if (!fits(mask, type)) {
      return rex.makeNullLiteral(type);
    }
    RexNode masked = expression(mask, value, type);
    return masked.getType().equals(type) ? masked : rex.makeAbstractCast(type, masked, false);
  }

  private RexNode expression(MaskPolicy mask, RexNode value, RelDataType type) {
    if (mask instanceof MaskPolicy.Redact && SqlTypeUtil.isCharacter(type)) {
      return text(REDACTED);
    }
    if (mask instanceof MaskPolicy.HashSha256) {
      return hash(value, type);
    }
    if (mask instanceof MaskPolicy.ShowLast last) {
      return part(RIGHT, last.characters(), value, type);
    }
    if (mask instanceof MaskPolicy.ShowFirst first) {
      return part(LEFT, first.characters(), value, type);
    }
    if (mask instanceof MaskPolicy.EmailDomain) {
      return domain(value, type);
    }
    if (mask instanceof MaskPolicy.DateYear) {
      return year(value, type);
    }
    if (mask instanceof MaskPolicy.Bucket bucket) {
      return bucket(value, bucket.size(), type);
    }
    return mask instanceof MaskPolicy.None ? value : rex.makeNullLiteral(type);
  }

  /**
   * PostgreSQL makes a time with zone of a date that it truncates, so that it is cast around it.
   */
  private RexNode year(RexNode value, RelDataType type) {
    if (type.getSqlTypeName() != SqlTypeName.DATE) {
      return call(DATE_TRUNC, type, text("year"), value);
    }
    RelDataType wallClock =
        rex.getTypeFactory()
            .createTypeWithNullability(
                rex.getTypeFactory().createSqlType(SqlTypeName.TIMESTAMP), true);
    RexNode midnight = rex.makeAbstractCast(wallClock, value, false);
    return call(DATE_TRUNC, wallClock, text("year"), midnight);
  }

  /** A null stays null: the functions are strict, and the concatenation is not {@code concat}. */
  private RexNode hash(RexNode value, RelDataType type) {
    RexNode keyed = rex.makeCall(SqlStdOperatorTable.CONCAT, text(secret), value);
    RelDataType bytes =
        rex.getTypeFactory()
            .createTypeWithNullability(
                rex.getTypeFactory().createSqlType(SqlTypeName.VARBINARY), true);
    RexNode digest = call(SHA256, bytes, call(CONVERT_TO, bytes, keyed, text("UTF8")));
    return call(ENCODE, type, digest, text("hex"));
  }

  private RexNode part(SqlFunction side, int characters, RexNode value, RelDataType type) {
    RexNode shown = call(side, type, value, number(characters));
    RexNode stars = text(STARS);
    RexNode isLonger =
        rex.makeCall(
            SqlStdOperatorTable.GREATER_THAN,
            call(LENGTH, rex.getTypeFactory().createSqlType(SqlTypeName.INTEGER), value),
            number(characters));
    RexNode both =
        side == LEFT ? call(CONCAT, type, shown, stars) : call(CONCAT, type, stars, shown);
    return nullKept(value, rex.makeCall(SqlStdOperatorTable.CASE, isLonger, both, stars), type);
  }

  /** Only what has the form of an address has a domain that may be shown. */
  private RexNode domain(RexNode value, RelDataType type) {
    RexNode domain = call(SPLIT_PART, type, value, text("@"), number(2));
    return nullKept(value, call(CONCAT, type, text(STARS + "@"), domain), type);
  }

  private RexNode nullKept(RexNode value, RexNode masked, RelDataType type) {
    return rex.makeCall(
        SqlStdOperatorTable.CASE,
        rex.makeCall(SqlStdOperatorTable.IS_NULL, value),
        rex.makeNullLiteral(type),
        masked);
  }

  /**
   * What is computed of a whole number is a decimal one, whatever it is called: it is cast back.
   */
  private RexNode bucket(RexNode value, int size, RelDataType type) {
    RexNode quotient =
        rex.makeCall(
            SqlStdOperatorTable.DIVIDE, value, rex.makeExactLiteral(new BigDecimal(size + ".0")));
    RelDataType computed = SqlTypeUtil.isIntType(type) ? quotient.getType() : type;
    RexNode count = call((SqlFunction) SqlStdOperatorTable.FLOOR, computed, quotient);
    return rex.makeCall(computed, SqlStdOperatorTable.MULTIPLY, List.of(count, number(size)));
  }

  private RexNode call(SqlFunction function, RelDataType type, RexNode... operands) {
    return rex.makeCall(type, function, List.of(operands));
  }

  private RexNode text(String value) {
    return rex.makeLiteral(value);
  }

  private RexNode number(int value) {
    return rex.makeExactLiteral(BigDecimal.valueOf(value));
  }

  private static SqlFunction function(String name) {
    return new SqlFunction(
        name,
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.ARG0,
        null,
        OperandTypes.VARIADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
  }
}
