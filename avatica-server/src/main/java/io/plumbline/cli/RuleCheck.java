package io.plumbline.cli;

import io.plumbline.definitions.Position;
import io.plumbline.definitions.Problem;
import io.plumbline.engine.sql.QueryCompiler;
import io.plumbline.engine.warehouse.WarehouseCatalog;
import io.plumbline.masking.PolicyCheck;
import io.plumbline.server.auth.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What rules say about each other and about the warehouse, apart from the definitions. */
final class RuleCheck {

  private RuleCheck() {}

  /** What the policy names and nobody has, and users' roles that the policy lacks. */
  static List<Problem> problems(Rulebook rules, WarehouseCatalog tables, QueryCompiler compiler) {
    List<Problem> problems =
        new ArrayList<>(
            new PolicyCheck(rules.policies(), rules.model(), tables, compiler).problems());
    for (User user : rules.users().all()) {
      Set<String> unknown = new TreeSet<>(user.roles());
      unknown.removeAll(rules.policies().roles());
      unknown.forEach(role -> problems.add(unknownRole(user, role)));
    }
    return problems;
  }

  private static Problem unknownRole(User user, String role) {
    return new Problem(
        new Position("users", 1, 1),
        "User '"
            + user.name()
            + "' has the role '"
            + role
            + "', which the policy does not declare.",
        "A user with such a role sees nothing. Declare it under 'roles', or take it away.");
  }
}
