package io.plumbline.engine.plan;

import io.plumbline.engine.SessionSettings;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimestampString;

/** Makes {@code current_date} and {@code now()} follow a session's {@code as_of}. */
final class ConstantsOfAsOf extends PlanRewriter {

  private final SessionSettings settings;
  private final RexShuttle constants;

  ConstantsOfAsOf(SessionSettings settings, RexBuilder rex) {
    this.settings = settings;
    this.constants =
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall call) {
            return call.getOperands().isEmpty() ? constant(call, rex) : super.visitCall(call);
          }
        };
  }

  @Override
  public RelNode visit(RelNode other) {
    return super.visit(other).accept(constants);
  }

  private RexNode constant(RexCall call, RexBuilder rex) {
    LocalDateTime end = settings.asOf().plusDays(1).atStartOfDay().minus(1, ChronoUnit.MICROS);
    LocalDateTime utc =
        end.atZone(settings.timeZone()).withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime();
    return switch (call.getOperator().getName().toUpperCase(Locale.ROOT)) {
      case "CURRENT_DATE" -> rex.makeDateLiteral(new DateString(settings.asOf().toString()));
      case "CURRENT_TIMESTAMP", "NOW", "LOCALTIMESTAMP" ->
          switch (call.getType().getSqlTypeName()) {
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                rex.makeTimestampWithLocalTimeZoneLiteral(timestamp(utc), 6);
            case TIMESTAMP -> rex.makeTimestampLiteral(timestamp(end), 6);
            default -> call;
          };
      default -> call;
    };
  }

  private static TimestampString timestamp(LocalDateTime time) {
    return new TimestampString(time.toString().replace('T', ' '));
  }
}
