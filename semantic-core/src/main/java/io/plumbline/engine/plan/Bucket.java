package io.plumbline.engine.plan;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.StringJoiner;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * {@code width_bucket(value, bounds)}: how many bounds are at or before a value; 0 is before the
 * first period, j is inside period j. An event exactly on a bound belongs to the later period,
 * which is what the left limit asks for.
 */
final class Bucket extends SqlFunction {

  /** By instants. */
  static final Bucket OF_INSTANT = new Bucket("timestamptz[]");

  /** By local dates. */
  static final Bucket OF_DATE = new Bucket("date[]");

  /** By numbers. */
  static final Bucket OF_NUMBER = new Bucket("integer[]");

  private final String arrayType;

  private Bucket(String arrayType) {
    super(
        "WIDTH_BUCKET",
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.INTEGER_NULLABLE,
        null,
        OperandTypes.ANY_ANY,
        SqlFunctionCategory.SYSTEM);
    this.arrayType = arrayType;
  }

  /** How many days of a list begin at or before a moment, an instant or a local date. */
  static RexNode of(PlanBuilder plan, RexNode moment, List<LocalDate> days, ZoneId zone) {
    boolean date = moment.getType().getSqlTypeName() == SqlTypeName.DATE;
    StringJoiner bounds = new StringJoiner(",", "{", "}");
    for (LocalDate day : days) {
      bounds.add(date ? day.toString() : day.atStartOfDay(zone).toInstant().toString());
    }
    return plan.call(date ? OF_DATE : OF_INSTANT, moment, plan.text(bounds.toString()));
  }

  /** The period of an instant. */
  static RexNode ofInstant(PlanBuilder plan, RexNode instant, Spine spine) {
    return ofInstant(plan, instant, spine.bounds(), spine.zone());
  }

  /** How many of some ascending days have begun at an instant. */
  static RexNode ofInstant(PlanBuilder plan, RexNode instant, List<LocalDate> days, ZoneId zone) {
    return of(plan, instant, days, zone);
  }

  /** The period of a local date. */
  static RexNode ofDate(PlanBuilder plan, RexNode date, Spine spine) {
    return of(plan, date, spine.bounds(), spine.zone());
  }

  /** How many of some ascending days are at or before a local date. */
  static RexNode ofDate(PlanBuilder plan, RexNode date, List<LocalDate> days) {
    return of(plan, date, days, ZoneOffset.UTC);
  }

  /** How many of some ascending numbers are at or before a number. */
  static RexNode ofNumber(PlanBuilder plan, RexNode number, List<Integer> bounds) {
    StringJoiner all = new StringJoiner(",", "{", "}");
    bounds.forEach(bound -> all.add(bound.toString()));
    return plan.call(OF_NUMBER, number, plan.text(all.toString()));
  }

  /** The array is a literal with a cast, so that it is read once and not for every row. */
  @Override
  public void unparse(SqlWriter writer, SqlCall call, int leftPrecedence, int rightPrecedence) {
    writer.print("width_bucket");
    SqlWriter.Frame frame = writer.startList("(", ")");
    call.operand(0).unparse(writer, 0, 0);
    writer.sep(",");
    call.operand(1).unparse(writer, 0, 0);
    writer.print("::" + arrayType);
    writer.endList(frame);
  }
}
