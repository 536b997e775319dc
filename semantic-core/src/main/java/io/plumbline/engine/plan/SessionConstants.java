package io.plumbline.engine.plan;

import io.plumbline.engine.Principal;
import io.plumbline.engine.SessionSettings;
import io.plumbline.engine.catalog.VisibleCatalog;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimestampString;

/**
 * Makes {@code current_user} and the like tell the user's name, not the login of the warehouse, and
 * {@code current_date} and {@code now()} follow a session's {@code as_of} where that was set.
 */
final class SessionConstants extends PlanRewriter {

  private static final String DATABASE = "plumbline";

  private final Principal principal;
  private final SessionSettings settings;
  private final RexBuilder rex;

  SessionConstants(Principal principal, SessionSettings settings, RexBuilder rex) {
    this.principal = principal;
    this.settings = settings;
    this.rex = rex;
  }

  @Override
  RexNode rewritten(RexCall call) {
    if (!call.getOperands().isEmpty()) {
      return call;
    }
    String function = call.getOperator().getName().toUpperCase(Locale.ROOT);
    return switch (function) {
      case "USER", "CURRENT_USER", "SESSION_USER", "SYSTEM_USER", "CURRENT_ROLE" ->
          text(call, principal.name());
      case "CURRENT_SCHEMA", "CURRENT_PATH" -> text(call, VisibleCatalog.METRICS);
      case "CURRENT_CATALOG", "CURRENT_DATABASE" -> text(call, DATABASE);
      default -> settings.asOfIsPinned() ? moment(call, function) : call;
    };
  }

  private RexNode text(RexCall call, String value) {
    return rex.makeAbstractCast(call.getType(), rex.makeLiteral(value), false);
  }

  private RexNode moment(RexCall call, String function) {
    return switch (function) {
      case "CURRENT_DATE" -> rex.makeDateLiteral(new DateString(settings.asOf().toString()));
      case "CURRENT_TIMESTAMP", "NOW", "LOCALTIMESTAMP" -> lastMoment(call);
      default -> call;
    };
  }

  private RexNode lastMoment(RexCall call) {
    LocalDateTime end = settings.asOf().plusDays(1).atStartOfDay().minus(1, ChronoUnit.MICROS);
    LocalDateTime utc =
        end.atZone(settings.timeZone()).withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime();
    return switch (call.getType().getSqlTypeName()) {
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          rex.makeTimestampWithLocalTimeZoneLiteral(timestamp(utc), 6);
      case TIMESTAMP -> rex.makeTimestampLiteral(timestamp(end), 6);
      default -> call;
    };
  }

  private static TimestampString timestamp(LocalDateTime time) {
    return new TimestampString(time.toString().replace('T', ' '));
  }
}
