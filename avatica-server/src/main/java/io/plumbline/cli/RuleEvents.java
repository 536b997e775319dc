package io.plumbline.cli;

import io.plumbline.server.audit.AuditEvent;
import io.plumbline.server.auth.User;
import io.plumbline.server.auth.Users;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What the audit log says about rules. */
final class RuleEvents {

  private RuleEvents() {}

  static AuditEvent started(Rulebook rules) {
    return new AuditEvent.ServerStarted(
        rules.model().version(),
        rules.policies().version(),
        rules.users().version(),
        names(rules.users(), user -> true));
  }

  /**
   * Other rules than before.
   *
   * @param before the users that there were
   */
  static AuditEvent changed(Rulebook rules, Users before) {
    Users now = rules.users();
    return new AuditEvent.RulesChanged(
        rules.model().version(),
        rules.policies().version(),
        now.version(),
        names(now, user -> before.find(user.name()).isEmpty()),
        names(before, user -> now.find(user.name()).isEmpty()),
        names(
            now,
            user -> {
              Optional<User> known = before.find(user.name());
              return known.isPresent() && !known.get().equals(user);
            }));
  }

  static AuditEvent refused(ProblemsException problems) {
    List<String> files =
        problems.problems().stream().map(p -> p.at().file()).distinct().sorted().toList();
    return new AuditEvent.RulesRefused(problems.problems().size(), files);
  }

  private static List<String> names(Users users, Predicate<User> which) {
    return users.all().stream().filter(which).map(User::name).sorted().toList();
  }
}
