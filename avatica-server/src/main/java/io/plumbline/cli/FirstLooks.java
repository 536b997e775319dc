package io.plumbline.cli;

import io.plumbline.engine.Principal;
import io.plumbline.engine.SemanticEngine;
import io.plumbline.engine.Session;
import io.plumbline.server.auth.User;
import io.plumbline.server.auth.Users;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the catalog as users of each combination of roles will see it. Of what a metric or a
 * view is made, and so who may see it, is read off its plan when somebody first asks; with hundreds
 * of metrics that takes seconds, which the first user need not wait for.
 */
final class FirstLooks {

  private static final Logger LOG = LoggerFactory.getLogger(FirstLooks.class);

  private final SemanticEngine engine;

  FirstLooks(SemanticEngine engine) {
    this.engine = engine;
  }

  /** Looks in the background, beside what users ask meanwhile. */
  void begin(Users users) {
    Thread thread = new Thread(() -> look(principals(users.all())), "plumbline-first-looks");
    thread.setDaemon(true);
    thread.start();
  }

  /** One of each combination of roles. */
  static List<Principal> principals(Collection<User> users) {
    Map<Set<String>, Principal> byRoles = new LinkedHashMap<>();
    users.forEach(user -> byRoles.putIfAbsent(user.roles(), user.principal()));
    return List.copyOf(byRoles.values());
  }

  /** Whoever asks for what could not be looked at is told why; a closed engine is no news. */
  private void look(List<Principal> principals) {
    for (Principal principal : principals) {
      try (Session session = engine.open(principal)) {
        var unused = session.tables();
      } catch (RuntimeException e) {
        LOG.debug("the catalog of {} was not looked at", principal.name(), e);
      }
    }
  }
}
