package io.plumbline.engine.plan;

import io.plumbline.engine.Principal;
import io.plumbline.engine.catalog.VisibleCatalog;
import java.util.Locale;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/** Makes {@code current_user} and the like tell the user's name, not the login of the warehouse. */
final class ConstantsOfPrincipal extends PlanRewriter {

  private static final String DATABASE = "plumbline";

  private final RexShuttle constants;

  ConstantsOfPrincipal(Principal principal, RexBuilder rex) {
    this.constants =
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall call) {
            return call.getOperands().isEmpty()
                ? constant(call, principal, rex)
                : super.visitCall(call);
          }
        };
  }

  @Override
  public RelNode visit(RelNode other) {
    return super.visit(other).accept(constants);
  }

  private static RexNode constant(RexCall call, Principal principal, RexBuilder rex) {
    return switch (call.getOperator().getName().toUpperCase(Locale.ROOT)) {
      case "USER", "CURRENT_USER", "SESSION_USER", "SYSTEM_USER", "CURRENT_ROLE" ->
          text(call, principal.name(), rex);
      case "CURRENT_SCHEMA", "CURRENT_PATH" -> text(call, VisibleCatalog.METRICS, rex);
      case "CURRENT_CATALOG", "CURRENT_DATABASE" -> text(call, DATABASE, rex);
      default -> call;
    };
  }

  private static RexNode text(RexCall call, String value, RexBuilder rex) {
    return rex.makeAbstractCast(call.getType(), rex.makeLiteral(value), false);
  }
}
